"""The shipped lab “sort the fields”, begun and solved from any seed."""

from __future__ import annotations

from modules.course.files import read_module
from modules.labs import sort_fields
from tests.course import SHIPPED


def shipped():
    module = read_module(SHIPPED, "m02-rules-of-the-road", "en")
    return module.lab_of("sort-fields").options


OPTIONS = shipped()


SEEDS = [f"seed {number}" for number in range(20)]


def begun(seed="s"):
    return sort_fields.start(OPTIONS, seed)


def solved(seed="s"):
    return sort_fields.solve(begun(seed))


def with_task(id_, seed="s"):
    """A solved lab whose seed drew this task."""
    return next(state for n in range(300) if (state := solved(f"{seed} {n}")).drawn.task.id == id_)
