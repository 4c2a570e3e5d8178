"""The page of the API for people, made from its OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sightline.access.choices import TOKEN_SCOPE_LABELS
from sightline.access.rules import token_numbers
from sightline.api.problems import KEY_USED, NO_VERSION, STALE, TOLD_OF_A_CHILD
from sightline.api.serving import document

KINDS = {
    TOLD_OF_A_CHILD: "Words that may tell who a child is stand in what was sent. Take them out, or send “because”.",
    KEY_USED: "The Idempotency-Key stands for something else that was sent within a day.",
    STALE: "Somebody else changed the record meanwhile. Read it again, and send its new ETag.",
    NO_VERSION: "A change was sent without the ETag of what it saw as If-Match.",
}


@dataclass(frozen=True)
class Field:
    """A field or a parameter: what it is called, what may stand in it, what it means."""

    name: str
    kind: str
    words: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked. `mark` is its place on the page."""

    mark: str
    method: str
    path: str
    title: str
    words: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    statuses: str


@dataclass(frozen=True)
class Section:
    """The operations about one kind of record."""

    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class ReferencePage:
    """The whole page."""

    words: str
    sections: tuple[Section, ...]
    scopes: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    a_minute: int


def reference_page() -> ReferencePage:
    """The page."""
    read = json.loads(document())
    found: dict[str, list[Operation]] = {}
    for path, methods in read["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_operation(read, path, method, told))
    sections = tuple(Section(title, tuple(each)) for title, each in sorted(found.items()))
    scopes = tuple((scope.value, label) for scope, label in TOKEN_SCOPE_LABELS.items())
    words = read["info"]["description"]
    return ReferencePage(words, sections, scopes, tuple(KINDS.items()), token_numbers().requests_a_minute)


def _operation(read: Any, path: str, method: str, told: Any) -> Operation:
    responses = told["responses"]
    success = next(status for status in responses if int(status) < 400)
    body = told.get("requestBody", {"content": {}})["content"]
    return Operation(
        told["operationId"],
        method.upper(),
        path,
        told["summary"],
        told.get("description", ""),
        tuple(_field(read, each["name"], each["schema"], each["required"]) for each in told["parameters"]),
        tuple(_fields(read, body.get("application/json", {}).get("schema"))),
        tuple(_fields(read, responses[success]["content"]["application/json"]["schema"])),
        ", ".join(responses),
    )


def _fields(read: Any, schema: Any) -> Iterator[Field]:
    if schema is None:
        return
    whole = _resolved(read, schema)
    for name, each in whole.get("properties", {}).items():
        yield _field(read, name, each, name in whole.get("required", ()))


def _field(read: Any, name: str, schema: Any, required: bool) -> Field:
    return Field(name, _kind(read, schema), schema.get("description", ""), required)


def _kind(read: Any, schema: Any) -> str:
    """What may stand in a field, in words."""
    if parts := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(dict.fromkeys(_kind(read, part) for part in parts))
    if "$ref" in schema:
        named = _resolved(read, schema)
        return ", ".join(named["enum"]) if "enum" in named else str(named["title"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_kind(read, schema['items'])}"
    kind = {"null": "nothing"}.get(str(schema.get("type")), str(schema.get("format", schema.get("type", ""))))
    longest = schema.get("maxLength")
    return f"{kind}, up to {longest} signs" if longest else kind


def _resolved(read: Any, schema: Any) -> Any:
    while "$ref" in schema:
        schema = read["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
