"""Text files of a folder, as they are."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from modules.basics import Problem
from modules.course.media import Medium, measured

TEXT_SUFFIXES = {".yaml", ".md", ".json", ".csv", ".txt"}
KEPT = "sha256:"
"""How a file that is no text of ours stands among texts: by the hash of its content."""


def content(path: Path) -> bytes:
    """A picture, a recording or captions, the same on every machine.

    Drawings and captions are lines of text, whose ends a checkout may have changed.
    """
    body = path.read_bytes()
    return body.replace(b"\r\n", b"\n") if path.suffix in (".svg", ".vtt") else body


def medium(path: Path) -> Medium:
    """A file measured; looked through once for as long as nobody saves it anew."""
    return _measured(path, *_saved(path))


def _saved(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=512)
def _hash(path: Path, _moment: int, _size: int) -> str:
    return hashlib.sha256(content(path)).hexdigest()


@lru_cache(maxsize=512)
def _measured(path: Path, _moment: int, _size: int) -> Medium:
    return measured(content(path), path.name)


def texts(root: Path, *names: str) -> tuple[dict[str, str], list[Problem]]:
    """Text by path below ``root`` of the named files and folders, and files nobody can read.

    Other files (pictures) stand as ``sha256:…``. Unreadable ones are absent from the mapping.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            inside = path.relative_to(root).as_posix()
            if not path.is_file() or any(part[0] in ".~" for part in path.parts[len(root.parts) :]):
                continue
            if path.suffix not in TEXT_SUFFIXES:
                found[inside] = f"{KEPT}{_hash(path, *_saved(path))}"
                continue
            body = path.read_bytes()
            try:
                text = body.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError as error:
                line = f"line {1 + body[: error.start].count(10)}"
                sentence = f"Byte {body[error.start]:#04x} is not UTF-8. Save the file as UTF-8."
                problems.append(Problem(inside, line, sentence))
                text = ""
            else:
                if not text.strip():
                    sentence = "The file is empty. Write it, or delete it."
                    problems.append(Problem(inside, "whole file", sentence))
            found[inside] = text
    return found, problems
