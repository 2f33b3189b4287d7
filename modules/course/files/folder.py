"""Text files of a folder, as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from modules.basics import Problem

TEXT_SUFFIXES = {".yaml", ".md", ".svg", ".json", ".csv", ".txt"}


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
            body = path.read_bytes()
            if path.suffix not in TEXT_SUFFIXES:
                found[inside] = f"sha256:{hashlib.sha256(body).hexdigest()}"
                continue
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
