"""What the program would do against what was agreed: the first clause it would break, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import time

from modules.agreement.files import NotAgreed
from modules.agreement.model import Agreement
from modules.agreement.signing import Signed, verify
from modules.days import WEEKDAYS, weekdays
from modules.settings import Settings

OTHERWISE = "or have another agreement signed that allows it"


def check(of: Signed, found: Settings, *, panels: Collection[str]) -> None:
    """Raise NotAgreed, with one sentence, unless the program stays within the agreement.

    ``panels`` are those that the program has. Whether the signatures hold is looked at first: an
    agreement that was tampered with allows nothing.
    """
    if trouble := verify(of).trouble:
        raise NotAgreed(f"{trouble}.")
    for sentence in broken(of.agreement, found, panels=panels):
        raise NotAgreed(sentence)


def broken(of: Agreement, found: Settings, *, panels: Collection[str]) -> Iterator[str]:
    """Each clause that the program would break: clause, found, allowed, what to do."""
    if unknown := [one for one in of.panels if one not in panels]:
        yield told(
            "panels",
            f"“{unknown[0]}” is no panel of this program",
            f"it has {', '.join(panels)}",
            "Take it out of the list",
        )
    if found.sign_in_hours > of.sign_in_hours:
        yield told(
            "sign_in_hours",
            f"STEWARD_SIGN_IN_HOURS is {found.sign_in_hours}",
            f"at most {of.sign_in_hours} is agreed",
            f"Set it to {of.sign_in_hours} or less",
        )
    hours = of.reminders
    if found.remind_every_days < hours.every_days:
        yield told(
            "reminders.every_days",
            f"STEWARD_REMIND_EVERY_DAYS is {found.remind_every_days}",
            f"at least {hours.every_days} is agreed",
            f"Set it to {hours.every_days} or more",
        )
    if more := weekdays(found.review_days) - weekdays(hours.days):
        names = ", ".join(WEEKDAYS[day] for day in sorted(more))
        yield told(
            "reminders.days",
            f"STEWARD_REVIEW_DAYS has {names}",
            f"{hours.days} is agreed",
            f"Set it to {hours.days} or fewer days",
        )
    if time.fromisoformat(found.review_from) < time.fromisoformat(hours.start):
        yield told(
            "reminders.start",
            f"STEWARD_REVIEW_FROM is {found.review_from}",
            f"not before {hours.start} is agreed",
            f"Set it to {hours.start} or later",
        )
    if time.fromisoformat(found.review_until) > time.fromisoformat(hours.until):
        yield told(
            "reminders.until",
            f"STEWARD_REVIEW_UNTIL is {found.review_until}",
            f"not after {hours.until} is agreed",
            f"Set it to {hours.until} or earlier",
        )


def told(clause: str, found: str, allowed: str, todo: str) -> str:
    """One sentence about one clause, and one about what to do."""
    return f"Agreement, clause “{clause}”: {found}, but {allowed}. {todo}, {OTHERWISE}."
