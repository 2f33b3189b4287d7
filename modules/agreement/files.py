"""agreement.yaml and agreement.signatures.yaml: read strictly, told in sentences."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from modules.agreement.model import Agreement
from modules.agreement.signing import Signature, Signed, Stamp
from modules.basics import StewardError

T = TypeVar("T")
LARGEST = 64 * 1024
"""Bytes of one file: an agreement is a page or two."""


class NotAgreed(StewardError):
    """The program would run outside what was agreed. The sentence says what to do."""


class _Once(yaml.SafeLoader):
    """YAML in which no key stands twice: two readers must not find two agreements in one file."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="a clause is written out, never pointed at")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for place, key in enumerate(keys) if key in keys[:place]]
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"“{twice[0]}” stands twice", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep)


def signatures_of(path: Path) -> Path:
    """Where the signatures of an agreement lie: agreement.signatures.yaml beside agreement.yaml."""
    return path.with_name(f"{path.stem}.signatures.yaml")


def load(path: Path) -> Signed:
    """An agreement with its signatures, as they are on the disk. Whether they hold, `verify` says.

    Raises NotAgreed with the file and the line or clause when one cannot be read.
    """
    body = _bytes(path)
    beside = signatures_of(path)
    stamp = stamp_of(_bytes(beside), beside.name) if beside.exists() else None
    return Signed(parse(body, path.name), body, sha256(body), stamp)


def sha256(body: bytes) -> str:
    """The name of an agreement: 64 hexadecimal digits of its very bytes."""
    return hashlib.sha256(body).hexdigest()


def parse(body: bytes, file: str) -> Agreement:
    """The clauses in a file. Raises NotAgreed with a sentence."""
    return _read(TypeAdapter(Agreement), body, file)


def stamp_of(body: bytes, file: str) -> Stamp:
    """The signatures in a file. Raises NotAgreed with a sentence."""
    return _read(TypeAdapter(Stamp), body, file)


def dump(stamp: Stamp) -> str:
    """Signatures as the file has them."""
    head = "# Who signed agreement.yaml. Written by `agreement sign`; do not change either file.\n"
    return head + yaml.safe_dump(
        stamp.model_dump(mode="json"), allow_unicode=True, sort_keys=False, width=200
    )


def add(stamp: Stamp | None, sha: str, new: Signature) -> Stamp:
    """The signatures with one more; it takes the place of an earlier one by the same key."""
    kept = stamp.signatures if stamp and stamp.sha256 == sha else ()
    others = tuple(one for one in kept if one.key != new.key)
    return Stamp(sha256=sha, signatures=(*others, new))


def _bytes(path: Path) -> bytes:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise NotAgreed(
            f"The agreement {path} cannot be read: {error.strerror}. Put it there, or set "
            "STEWARD_AGREEMENT to where it lies."
        ) from error
    if len(body) > LARGEST:
        raise NotAgreed(f"{path.name} has {len(body)} bytes; an agreement has {LARGEST} at most.")
    return body


def read_yaml(body: bytes, file: str) -> Any:
    """What a file says, before any clause is looked at. Raises NotAgreed with a sentence."""
    try:
        return yaml.load(body.decode("utf-8"), _Once)  # noqa: S506 - a SafeLoader
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        told = " ".join(str(error).split())
        raise NotAgreed(f"{file} is not readable as YAML: {told}. Mend that line.") from error


def _read(kind: TypeAdapter[T], body: bytes, file: str) -> T:
    found = read_yaml(body, file)
    try:
        return kind.validate_json(json.dumps(found, default=str))
    except ValidationError as error:
        wrong = error.errors()[0]
        clause = ".".join(str(part) for part in wrong["loc"]) or "the file"
        told = wrong["msg"].removeprefix("Value error, ")
        given = wrong["input"]
        what = f" (found {given!r})" if isinstance(given, str | int | float | bool) else ""
        raise NotAgreed(f"{file}, clause “{clause}”: {told}{what}. Mend the clause.") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise NotAgreed(f"{file} holds more than plain clauses: {error}. Mend it.") from error
