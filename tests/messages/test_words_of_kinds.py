"""Whatever kind of work item or news any service makes has its words in `definitions/notices.yaml`."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import sightline
from sightline.messages.rules.notices import kinds
from sightline.plans.choices import WorkKind

pytestmark = pytest.mark.library
ROOT = Path(sightline.__file__).parent
# In which place each of these takes the kind, where it is not given by name.
MAKERS = {"put_work_item": 1, "tell_news": 1, "WorkItem": -1}
# Said by rows that are made elsewhere: a `WorkKind` each.
OF_PLANS = "ask.kind"


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def given_to(call: ast.Call, place: int, name: str) -> ast.expr | None:
    named = [each.value for each in call.keywords if each.arg == name]
    return named[0] if named else call.args[place] if 0 <= place < len(call.args) else None


def values(
    found: ast.expr | None, module: ModuleType, tree: ast.AST, inside: ast.FunctionDef
) -> Iterator[str]:
    """What an expression may be: what stands in the module; a parameter is what its function is called with."""
    if found is None or ast.unparse(found) == OF_PLANS:
        return
    places = [each.arg for each in (*inside.args.args, *inside.args.kwonlyargs)]
    if isinstance(found, ast.Name) and found.id in places:
        for outer in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            for call in calls(outer, inside.name):
                given = given_to(call, places.index(found.id), found.id)
                yield from values(given, module, tree, outer)
        return
    try:
        yield str(value_of(found, module))
    except LookupError:
        yield from named_in(found, module) or [f"unknown: {ast.unparse(found)} in {module.__name__}"]


def value_of(found: ast.expr, module: ModuleType) -> object:
    """A text, or what a name of the module stands for; raises LookupError for what is known only when it is run."""
    match found:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return vars(module)[name]
        case ast.Attribute(value=of, attr=name):
            return getattr(value_of(of, module), name)
    raise LookupError(ast.unparse(found))


def named_in(found: ast.expr, module: ModuleType) -> list[str]:
    """What stands in an expression that is known only when it is run: its texts, and those of the tables it reads."""
    nodes = list(ast.walk(found))
    texts = [each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    tables = [vars(module).get(each.id) for each in nodes if isinstance(each, ast.Name)]
    return [
        text
        for text in (*texts, *(v for each in tables if isinstance(each, dict) for v in each.values()))
        if text
    ]


def kinds_made() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.glob("*/services/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if path.parts[-3] == "demo" or not any(f"{name}(" in text for name in MAKERS):
            continue
        tree = ast.parse(text)
        module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            for name, place in MAKERS.items():
                for call in calls(function, name):
                    for kind in values(given_to(call, place, "kind"), module, tree, function):
                        yield kind, f"{module.__name__}.{function.name}"


def test_every_kind_that_is_made_has_its_words() -> None:
    made = dict(kinds_made()) | {kind.value: "plans" for kind in WorkKind}
    assert {"owed", "challenge_answer", "report_issued", "declaration"} <= made.keys(), "it finds them"
    assert {kind: where for kind, where in made.items() if kind not in kinds()} == {}
