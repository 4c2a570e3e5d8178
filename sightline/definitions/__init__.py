"""What committees decide, as dated data: YAML files, each held to the JSON schema beside it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import yaml


class InvalidDefinition(Exception):
    """A definition file does not keep to its schema; the message says where."""


def load(name: str) -> Any:
    """The content of `name`.yaml, checked against `name`.schema.json. Raises InvalidDefinition."""
    folder = files(__name__)
    schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    return checked(name, (folder / f"{name}.yaml").read_text(encoding="utf-8"), schema)


def checked(name: str, text: str, schema: Any) -> Any:
    """The YAML `text` as data, held to `schema`. Raises InvalidDefinition naming the file and the place."""
    try:
        data = yaml.safe_load(text)
        jsonschema.validate(data, schema)
    except yaml.YAMLError as error:
        raise InvalidDefinition(f"{name}.yaml cannot be read: {error}") from error
    except jsonschema.ValidationError as error:
        raise InvalidDefinition(f"{name}.yaml: {error.json_path}: {error.message}") from error
    return data
