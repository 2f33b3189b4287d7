"""The agreement in plain words, clause by clause, and what changed between two of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from modules.agreement.model import Agreement
from modules.basics import Words
from modules.days import weekdays

DAYS = ("retention.", "reminders.every_days")
HOURS = ("sign_in_hours",)
# Part of the page -> the clauses it tells, by the beginnings of their names.
PARTS: Mapping[str, tuple[str, ...]] = {
    "managers": ("managers_see",),
    "threshold": ("threshold.", "panels"),
    "names": ("names.",),
    "learning": ("confidence.", "reminders.", "sign_in_hours"),
    "retention": ("retention.",),
    "about": ("title", "number", "signers"),
}


@dataclass(frozen=True)
class Change:
    """A clause that says something else than before, in sentences."""

    clause: str
    before: str
    after: str


def clauses(of: Agreement) -> dict[str, Any]:
    """Every clause by its name, "retention.notes", in the order of the file."""
    found: dict[str, Any] = {}
    for name, value in of.model_dump().items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": inner for part, inner in value.items()}
        else:
            found[name] = value
    return found


def sentence(clause: str, value: Any, say: Words) -> str:
    """What a clause says, to the person whom it is about."""
    key = f"agreement.say.{clause}"
    if isinstance(value, bool):
        return say(f"{key}_{'yes' if value else 'no'}")
    if value == 0 or value == ():
        return say(f"{key}_none")
    return say(key, text=_text(clause, value, say))


def parts(of: Agreement, say: Words) -> dict[str, tuple[str, ...]]:
    """The whole agreement as sentences, by part of the page."""
    every = clauses(of)
    return {
        part: tuple(
            sentence(name, value, say) for name, value in every.items() if name.startswith(begins)
        )
        for part, begins in PARTS.items()
    }


def difference(old: Agreement, new: Agreement, say: Words) -> tuple[Change, ...]:
    """Every clause that changed; empty when the two say the same, in these words or in others."""
    before, after = clauses(old), clauses(new)
    told = (
        Change(name, sentence(name, before[name], say), sentence(name, value, say))
        for name, value in after.items()
        if value != before[name]
    )
    return tuple(one for one in told if one.before != one.after)


def joined(listed: Sequence[str], say: Words) -> str:
    """ "a, b and c"."""
    if len(listed) < 2:
        return "".join(listed)
    return say("agreement.and", first=", ".join(listed[:-1]), last=listed[-1])


def _text(clause: str, value: Any, say: Words) -> str:
    if clause == "signers":
        told = [
            say(
                "agreement.signer",
                name=one["name"],
                role=say(f"agreement.role.{one['role']}"),
                key=one["key"],
            )
            for one in value
        ]
        return "; ".join(told)
    if clause in ("panels", "managers_see"):
        kind = "panel" if clause == "panels" else "see"
        return joined([say(f"agreement.{kind}.{one}") for one in value], say)
    if clause == "reminders.days":
        # The first of January 2024 was a Monday.
        return joined([f"{date(2024, 1, 1 + day):%A}" for day in sorted(weekdays(value))], say)
    if clause.startswith(DAYS):
        return say("agreement.days_one" if value == 1 else "agreement.days", n=value)
    if clause in HOURS:
        return say("agreement.hours_one" if value == 1 else "agreement.hours", n=value)
    return str(value)
