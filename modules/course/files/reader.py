"""Files by path, read one by one, and what is found wrong with them meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from modules.basics import Problem
from modules.course.files import faults
from modules.course.files.blocks import Block, blocks
from modules.course.files.marked import At, Document, Loader, as_json

Noted = tuple[tuple[str, int], ...]
Read = tuple[Any, Noted, Noted]


@lru_cache(maxsize=4096)
def _loaded(text: str) -> Read:
    """What YAML reads in a text, names written twice, and names that are no text.

    Every module is read together with the same registers, and its own files more than once: so
    each block is parsed once. Nobody changes what is read.
    """
    loader = Loader(text)
    try:
        data = loader.get_single_data()
    finally:
        loader.dispose()
    return data, tuple(loader.repeats), tuple(loader.no_text)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Read:
    """The same of a whole file, block by block where it can be cut."""
    cut = blocks(text)
    try:
        return _joined(cut) if cut else _loaded(text)
    except (yaml.YAMLError, TypeError):
        return _loaded(text)  # so that a fault is told where it is in the whole


def _joined(cut: Iterable[Block]) -> Read:
    """Blocks made one list or mapping; TypeError where they are not of one kind."""
    entries, fields = list[Any](), dict[Any, Any]()
    repeats, no_text = list[tuple[str, int]](), list[tuple[str, int]]()
    for block in cut:
        data, twice, odd = _loaded(block.text)
        if isinstance(data, dict):
            # Names of the first level are written with the block itself.
            repeats += [(str(name), block.line) for name in data if name in fields]
            fields |= data
        elif isinstance(data, list):
            entries += data
        else:
            raise TypeError
        repeats += [(name, at + block.line) for name, at in twice]
        no_text += [(name, at + block.line) for name, at in odd]
    if entries and fields:
        raise TypeError
    return entries or fields, tuple(repeats), tuple(no_text)


class Reader:
    """Files by path, and what is found wrong while they are read."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.problems: list[Problem] = []

    def wrong(self, document: Document, at: At, sentence: str, *, stops: bool = True) -> None:
        """Note a problem at a path of a document."""
        self.problems.append(Problem(document.file, document.place(*at), sentence, stops))

    def document(
        self, file: str, shape: type[Any] = dict, *, needed: bool = True
    ) -> Document | None:
        """A YAML file whose top is of that shape (``dict`` or ``list``), or None and why."""
        if file not in self.files:
            if needed:
                sentence = "The file is missing. Write it, or take out what needs it."
                self.problems.append(Problem(file, "whole file", sentence))
            return None
        return self.yaml(file, self.files[file], 1, shape)

    def yaml(
        self, file: str, text: str, first_line: int, shape: type[Any] = dict
    ) -> Document | None:
        """YAML text that begins at that line of a file."""
        if not text.strip():
            return None
        try:
            data, repeats, no_text = _parsed(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = getattr(error, "problem", None) or "the text cannot be read"
            line = f"line {(mark.line if mark else 0) + first_line}"
            sentence = f"YAML cannot read this: {said}. Look for a missing quote, colon or indent."
            self.problems.append(Problem(file, line, sentence))
            return None
        for key, at in repeats:
            sentence = f"“{key}” is written twice here; only one would count. Delete or rename one."
            self.problems.append(Problem(file, f"line {at + first_line}, {key}", sentence))
        for key, at in no_text:
            sentence = f"YAML does not read “{key}” as text. Put quotes round this name."
            self.problems.append(Problem(file, f"line {at + first_line}, {key}", sentence))
        document = Document(file, text, first_line, data)
        if not isinstance(data, shape):
            wanted = "fields with values" if shape is dict else "a list of entries with “- ”"
            sentence = f"Found {faults.shown(data)}; expected {wanted}. Rewrite the file so."
            self.wrong(document, (), sentence)
            return None
        return document

    def pair(
        self,
        names: Iterable[str],
        document: Document,
        at: At,
        given: Any,
        what: str,
        spare: Collection[str] = (),
    ) -> None:
        """Each name but the ``spare`` ones needs text and each text a name.

        ``what`` says what they name.
        """
        given = given if isinstance(given, Mapping) else {}
        known = list(names)
        needed = [name for name in known if name not in spare]
        if missing := [name for name in needed if given.get(name) in (None, "")]:
            sentence = f"There is no text for {what} {', '.join(missing)}. Write it here."
            self.wrong(document, at, sentence)
        for name in given:
            if name not in known:
                sentence = f"There is no {what} “{name}”; known: {', '.join(known)}. Rename it."
                self.wrong(document, (*at, name), sentence)

    def build(
        self, wanted: Any, data: Any, blame: Callable[[At], tuple[Document, At]]
    ) -> Any | None:
        """``data`` as the wanted type, or None and a located problem for each fault."""
        try:
            return _built(wanted, json.dumps(data, default=as_json))
        except ValidationError as error:
            found = error.errors(include_url=False)
            missing = [f["loc"][-1] for f in found if f["type"] == "missing"]
            for fault in found:
                document, at = blame(tuple(fault["loc"]))
                self.wrong(document, at, faults.sentence(fault, missing))
        except TypeError:
            document, at = blame(())
            self.wrong(document, at, "A value here is neither text, number nor date. Quote it.")
        return None


@lru_cache(maxsize=8192)
def _built(wanted: Any, written: str) -> Any:
    """What is written as JSON as the wanted type: frozen, so that the same text gives the same."""
    # JSON mode is strict about values, yet lets a list be a tuple and text be a date.
    return _adapter(wanted).validate_json(written)


@cache
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    return TypeAdapter(wanted)
