"""The course that most tests walk through: M01 alone, as shipped, with its neighbours planned.

A test about answering, completing or reporting should not break because a module was added. What
holds for every module is tested over `SHIPPED`.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

import yaml

SHIPPED = Path(__file__).resolve().parent.parent / "content"
SETTING = "STEWARD_CONTENT"
ONLY = "M01"
# Each is named by the texts, and by those before it: a fact names its source.
REGISTERS = ("misconceptions.yaml", "facts.yaml", "sources.yaml")


def use_one_module() -> None:
    """Let this process, and those that it starts, teach M01 only. To be called before imports."""
    if SETTING in os.environ:
        return
    home = Path(tempfile.mkdtemp(prefix="steward-course-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ[SETTING] = str(one_module(home / "content"))


def one_module(to: Path) -> Path:
    """A copy of the shipped content in a new folder ``to``, without the other modules."""
    catalogue = SHIPPED / "course.yaml"
    course = yaml.safe_load(catalogue.read_text("utf-8"))
    others = {card["slug"] for card in course["modules"] if card["id"] != ONLY}
    shutil.copytree(SHIPPED, to, ignore=lambda _, names: others.intersection(names))
    for card in course["modules"]:
        if card["id"] != ONLY:
            card["status"] = "planned"
    text = yaml.safe_dump(course, allow_unicode=True, sort_keys=False)
    (to / "course.yaml").write_text(text, "utf-8")
    for name in REGISTERS:
        _keep_used(to, name)
    return to


def _keep_used(root: Path, register: str) -> None:
    """Drop the records that only the other modules relied on: the check stops at unused ones."""
    head, *records = re.split(r"(?m)^(?=- id: )", (root / register).read_text("utf-8"))
    told = set(REGISTERS[REGISTERS.index(register) :])
    rest = (path.read_text("utf-8") for path in root.rglob("*.*") if path.name not in told)
    named = set(re.findall(r"(?:@|[:\[,-] )([\w-]+)(?=[\]},;\n])", "\n".join(rest)))
    used = [one for one in records if one.split()[2] in named]
    (root / register).write_text(head + "".join(used), "utf-8")
