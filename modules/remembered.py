"""What was found out slowly and holds for as long as no code changes, kept in a folder.

For commands: a new process would try each lab and read every file of code again, which takes
seconds. What is kept stands under the hash of the whole code and of the locked libraries, so that
any change of either begins anew. The folder may be lost, or not be writable, at any time.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

_folder: Path | None = None


def use(folder: Path, code: Path, *locked: Path) -> None:
    """Keep what `once` finds below ``folder`` while ``code`` and ``locked`` files stay alike."""
    global _folder
    _folder = folder / stamp(code, *locked)


def stamp(code: Path, *locked: Path) -> str:
    """A hash of every file of the code, of what it relies on, and of this Python."""
    found = sha256(sys.version.encode())
    files = [path for path in code.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for path in [*sorted(files), *locked]:
        text = path.read_bytes() if path.is_file() else b""
        found.update(f"\0{path.relative_to(code.parent)}\0{len(text)}\0".encode())
        found.update(text)
    return found.hexdigest()


def once(kind: str, *of: str, make: Callable[[], Any], holds: Callable[[Any], bool] = bool) -> Any:
    """What ``make`` gives for ``of``, as JSON can hold it; kept if it ``holds``.

    Without a folder, as in a server, it is made each time.
    """
    if _folder is None:
        return make()
    place = _folder / f"{kind}-{sha256(json.dumps(of).encode()).hexdigest()}.json"
    try:
        return json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        made = make()
    if holds(made):
        _keep(place, json.dumps(made))
    return made


def _keep(place: Path, text: str) -> None:
    try:
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True)
            # Other code's findings are of no use to anybody any more.
            for other in place.parent.parent.iterdir():
                if other != place.parent and len(other.name) == len(place.parent.name):
                    shutil.rmtree(other, ignore_errors=True)
        with NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as new:
            new.write(text)
        Path(new.name).replace(place)
    except OSError:
        return  # it is found out again next time
