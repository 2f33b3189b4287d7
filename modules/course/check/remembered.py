"""What passed a costly check, remembered from one process to the next; safe to delete.

Only what passed is, under a hash of all that it could depend on: what was checked, the program's
code, every installed package. A failure, or a library that is missing, is looked at each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import shutil
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
"""The folder modules/."""
_folder: ContextVar[Path | None] = ContextVar("folder", default=None)


@contextlib.contextmanager
def remembering(folder: Path) -> Iterator[None]:
    """Remember in this folder. Outside, and where it cannot be written, nothing is remembered."""
    before = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(before)


def passed(*checked: str) -> bool:
    """Whether this passed already with the code and the packages as they are now."""
    folder = _folder.get()
    return folder is not None and (folder / _around(CODE) / _key(checked)).is_file()


def remember(*checked: str) -> None:
    """Note that this has passed."""
    folder = _folder.get()
    if folder is None:
        return
    now = folder / _around(CODE)
    # A folder that is read-only or full: it is checked again the next time.
    with contextlib.suppress(OSError):
        if not now.is_dir():
            shutil.rmtree(folder, ignore_errors=True)  # of other code or packages
            now.mkdir(parents=True)
        (now / _key(checked)).touch()


def _key(checked: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(checked).encode()).hexdigest()


@cache
def _around(code: Path) -> str:
    """A hash of the machine, of the packages' names and versions, and of the code."""
    found = hashlib.sha256(f"{sys.version}\0{platform.platform()}\0".encode())
    for place in sys.path:
        # The folders' names tell the versions, and are read without opening any.
        for package in sorted(Path(place).glob("*.*-info")):
            found.update(f"{package.name}\0".encode())
    for path in sorted(code.rglob("*")):
        if path.suffix in {".py", ".yaml", ".html"}:
            text = path.read_bytes()
            found.update(f"{path.relative_to(code)}\0{len(text)}\0".encode() + text)
    return found.hexdigest()
