"""YAML that can say where each of its values is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import yaml

from modules.course.files.blocks import blocks

TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}
At = tuple[str | int, ...]


class Loader(yaml.CSafeLoader):
    """Safe YAML that also notes keys written twice, of which YAML would keep the last."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeats: list[tuple[str, int]] = []
        self.no_text: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, after a look at its keys."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag not in TEXT_TAGS:
                self.no_text.append((str(key.value), key.start_mark.line))
            elif key.value in seen:
                self.repeats.append((key.value, key.start_mark.line))
            else:
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _day(loader: Loader, node: yaml.ScalarNode) -> Any:
    """A date; text where there is no such day, so that the field says what it expects."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return loader.construct_scalar(node)


Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@dataclass
class Document:
    """One YAML text, read, that can say where each of its values is written."""

    file: str
    text: str
    first_line: int
    data: Any

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    def _begin(self, step: str | int) -> tuple[yaml.Node | None, str | int, int] | None:
        """The block of a path's first step: its node, the step inside, its line; None: no block."""
        cut, data = blocks(self.text) or (), self.data
        try:
            if isinstance(data, list):
                index = _index(data, step)
                if index is not None and len(cut) == len(data):
                    return _composed(cut[index].text), 0, cut[index].line
            for block in reversed(cut):
                if isinstance(data, Mapping) and block.text.startswith(f"{step}:"):
                    return _composed(block.text), step, block.line
        except yaml.YAMLError:
            pass  # cut in the middle of a quoted text
        return None

    def place(self, *at: str | int) -> str:
        """Where the value at a path is, or the closest thing written: “line 12, M01-Q01 > stem”."""
        begin = self._begin(at[0]) if at else None
        node, first, above = begin or (self._root, None, 0)
        data, names = self.data, list[str]()
        line = above + (node.start_mark.line if node else 0)
        for number, step in enumerate(at):
            index = _index(data, step) if isinstance(data, list) else None
            data = inside(data, step)
            own = inside(data, "id") if isinstance(step, int) else None
            names.append(str(own or (step + 1 if isinstance(step, int) else step)))
            goes = step if index is None else index
            pair = _child(node, first if number == 0 and first is not None else goes)
            node = pair[1] if pair else None
            line = above + pair[0].start_mark.line if pair else line
        where = f"line {line + self.first_line}"
        return f"{where}, {' > '.join(names)}" if names else where

    def at(self, *at: str | int) -> Any:
        """The value at a path, None if nothing is there."""
        data = self.data
        for step in at:
            data = inside(data, step)
        return data


@lru_cache(maxsize=256)
def _composed(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def inside(data: Any, step: str | int) -> Any:
    """The value one step further in: by key, by index, or by the id of a record; else None."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list):
        index = _index(data, step)
        return data[index] if index is not None else None
    return None


def _index(data: list[Any], step: str | int) -> int | None:
    if isinstance(step, int):
        return step if step < len(data) else None
    named = [isinstance(part, Mapping) and part.get("id") == step for part in data]
    return named.index(True) if True in named else None


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def as_json(value: Any) -> Any:
    """For ``json.dumps(default=…)``: a date, which YAML knows and JSON does not, as text."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
