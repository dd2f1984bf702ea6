"""Reads the YAML files that lie beside the code. The only place in this room that knows YAML; knows nothing of what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


class _NoDuplicates(yaml.CSafeLoader):
    """PyYAML keeps the last of two equal keys silently; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [str(key.value) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"dubbele sleutel {sorted(twice)}", node.start_mark)
        return super().construct_mapping(node, deep)


def read(name: str) -> Any:
    """The content of `assessment/<name>`. Raises yaml.YAMLError, also on a duplicate key."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_NoDuplicates)  # noqa: S506  a safe loader that is stricter about keys
