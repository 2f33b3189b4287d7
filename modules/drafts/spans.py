"""Where each value of a YAML text stands, and the text with one of them changed.

Nothing but the lines of what is changed is written anew; comments stay where they are.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from modules.course.files.marked import At
from modules.drafts import emitting

Pair = tuple[yaml.Node, yaml.Node]


_BLANK = re.compile(r"(?:\n *)*$")

_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")


class Tree:
    """A YAML text with the places of its values. Raises YAMLError for what is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = yaml.compose(text, Loader=yaml.CSafeLoader)

    def set(self, at: At, value: Any) -> str:
        """The text with another value at a path; its last field may be new."""
        if not at:
            return self._whole(value)
        parent, step = self._node(at[:-1]), at[-1]
        pair = _child(parent, step)
        if pair is None:
            return self._grown(parent, emitting.scalar(str(step)), value, str(step))
        key, node = pair
        start, end = node.start_mark.index, self._end_of(pair)
        if start < key.start_mark.index:  # it stands for what is written elsewhere
            start = self.text.index("*", key.end_mark.index)
        if _is_flow(parent):
            gap = "" if self.text[:start].endswith((" ", "\n")) else " "
            return self._cut(start, end, gap + emitting.inline(value))
        if isinstance(parent, yaml.SequenceNode):
            column = parent.start_mark.column
            written = emitting.dash(value, column)[column + 1 :]
            begin = self.text.rfind("-", 0, start) + 1
        else:
            column = key.start_mark.column
            written = emitting.block(value, column)
            begin = self.text.index(":", key.end_mark.index) + 1
        end = max(end, begin)
        if "\n" in written and self.text[end : self._line_end(end)].strip():
            written = f" {emitting.inline(value)}"  # a comment stands behind it on its line
        return self._cut(begin, end, written)

    def append(self, at: At, value: Any) -> str:
        """The text with one more entry in the list at a path, which has some."""
        return self._grown(self._node(at), "", value, None)

    def delete(self, at: At) -> str:
        """The text without the field or entry at a path, which is not the only one there."""
        parent = self._node(at[:-1])
        pairs = _pairs(parent)
        number = next(n for n, one in enumerate(pairs) if one is _same(pairs, parent, at[-1]))
        start = pairs[number][0].start_mark.index
        after = pairs[number + 1][0].start_mark.index if number + 1 < len(pairs) else None
        if _is_flow(parent):
            if after is not None:
                return self._cut(start, after, "")
            return self._cut(self._end_of(pairs[number - 1]), self._end_of(pairs[number]), "")
        line = self._line(start)
        if isinstance(parent, yaml.MappingNode) and self.text[line:start].strip(" "):
            # The first field of an entry stands behind its dash: the next one takes its place.
            assert after is not None
            return self._cut(start, after, "")
        return self._cut(line, self._line_end(self._end_of(pairs[number])), "")

    def rename(self, at: At, new: str) -> str:
        """The text with a field called otherwise; its value stays where it is."""
        pair = _child(self._node(at[:-1]), at[-1])
        assert pair is not None
        key = pair[0]
        return self._cut(key.start_mark.index, key.end_mark.index, emitting.scalar(new, True))

    def swap(self, at: At, one: int, other: int) -> str:
        """The text with two entries of the list at a path changed for each other."""
        pairs = _pairs(self._node(at))
        (a, b), (c, d) = (self._extent(self._node(at), pairs[n][1]) for n in sorted((one, other)))
        text = self.text
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]

    def _extent(self, parent: yaml.Node | None, node: yaml.Node) -> tuple[int, int]:
        start, end = node.start_mark.index, self._end(node)
        if _is_flow(parent):
            return start, end
        stop = self.text.find("\n", end)  # a comment on its line goes with it
        return self.text.rfind("-", 0, start), len(self.text) if stop < 0 else stop

    def _whole(self, value: Any) -> str:
        start = self.root.start_mark.index if self.root else len(self.text)
        end = self._end(self.root) if self.root else len(self.text)
        written = emitting.block(value, -2).lstrip("\n ")
        return self.text[:start] + written + (self.text[end:] or "\n")

    def _grown(self, parent: yaml.Node | None, name: str, value: Any, step: str | None) -> str:
        """The text with one more field or entry at the end of a collection that has some."""
        assert parent is not None
        end = self._end(parent)
        if _is_flow(parent):
            written = f"{name}: {emitting.inline(value)}" if name else emitting.inline(value)
            last = self._end_of(_pairs(parent)[-1])
            return self._cut(last, last, f", {written}")
        column = parent.start_mark.column
        written = (
            emitting.dash(value, column) if step is None else emitting.entry(step, value, column)
        )
        stop = self._line_end(end)
        gap = "" if self.text[:stop].endswith("\n") else "\n"
        return self._cut(stop, stop, f"{gap}{written}\n")

    def _node(self, at: At) -> yaml.Node | None:
        node: yaml.Node | None = self.root
        for step in at:
            pair = _child(node, step)
            assert pair is not None, at
            node = pair[1]
        return node

    def _end(self, node: yaml.Node) -> int:
        """Where what is written of a value ends; not the comments and blank lines behind it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            return self._end_of(_pairs(node)[-1])
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return end - len(_BLANK.search(self.text[:end])[0])  # type: ignore[index]
        return end

    def _end_of(self, pair: Pair) -> int:
        """Where the value of a field ends: an alias where it stands, not what it stands for."""
        key, node = pair
        if node.start_mark.index >= key.start_mark.index:
            return self._end(node)
        found = _ALIAS.match(self.text, key.end_mark.index)
        return found.end() if found else int(key.end_mark.index)

    def _line(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Behind the end of the line, with a comment that stands on it."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def _cut(self, start: int, end: int, written: str) -> str:
        return self.text[:start] + written + self.text[end:]


def _is_flow(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _pairs(node: yaml.Node | None) -> list[Pair]:
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    return [(one, one) for one in node.value] if isinstance(node, yaml.SequenceNode) else []


def _same(pairs: list[Pair], parent: yaml.Node | None, step: str | int) -> Pair | None:
    found = _child(parent, step)
    return next((one for one in pairs if found and one[1] is found[1]), None)


def _child(node: yaml.Node | None, step: str | int) -> Pair | None:
    if isinstance(node, yaml.MappingNode):
        # Of a name written twice the last one counts, as it does when the text is read.
        return next((one for one in reversed(node.value) if one[0].value == str(step)), None)
    if isinstance(node, yaml.SequenceNode):
        if isinstance(step, int):
            return (node.value[step], node.value[step]) if step < len(node.value) else None
        for one in node.value:
            own = _child(one, "id") if isinstance(one, yaml.MappingNode) else None
            if own and own[1].value == step:
                return one, one
    return None
