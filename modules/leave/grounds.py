"""The closed lists of leave: grounds and answers. None of them tells about anybody's health."""

from __future__ import annotations

from modules.basics import BadInput

# Why somebody need not take a module.
EXEMPT = ("away", "equal", "no_data", "leaving")
# Why a learner asks for more time.
ASK = ("workload", "cover", "away", "access")
# What stands in place of a ground where nobody asked.
GIVEN = "given"
# Why a manager does not grant it.
REFUSE = ("time_left", "needed", "talk")
TAKEN_BACK, WITHDRAWN = "taken_back", "withdrawn"


def chosen(one: str, offered: tuple[str, ...]) -> str:
    """A ground or an answer of a list. Raises BadInput for anything else."""
    if one not in offered:
        raise BadInput("Choose one of the sentences offered. Nothing else is kept.")
    return one
