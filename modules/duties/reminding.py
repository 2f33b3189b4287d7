"""Of what somebody is reminded on a day: all reasons of a day in one message. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from modules.duties.renewing import FOREVER
from modules.progress.standing import NONE, Leave

BEFORE = (30, 7, 1)
"""Days before a due day, or before a completion expires, on which somebody is reminded."""

OVERDUE_EVERY = 7
"""Days from one reminder of what is overdue to the next."""

MOST_OVERDUE = 4
"""Reminders of one overdue duty at the most: a fifth would be noise, and others look after it."""

CATCH_UP_DAYS = 31
"""How far back a missed reminder is made up for; what is older is not told any more."""

Works = Callable[[date], bool]


class Reason(StrEnum):
    """Why a duty is in a message."""

    ASSIGNED = "assigned"
    DUE = "due"
    EXPIRING = "expiring"
    OVERDUE = "overdue"
    # A manager asked for it: never planned from days.
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Duty:
    """What reminders follow from. ``since`` is the first day on which it is asked of her.

    ``valid_until`` is the last day of her newest completion, None when there is none. ``again`` is
    the day from which it stands as it does, when that is later than ``since``: its terms changed,
    an exemption ended, or she had that day's message before it was asked.
    """

    module: str
    since: date
    due_on: date
    valid_until: date | None = None
    leave: Leave = NONE
    window_days: int = 30
    again: date | None = None

    @property
    def last_day(self) -> date:
        """The day by which it is to be done: a day granted later goes before."""
        days = (self.due_on, self.valid_until, self.leave.extended_until)
        return max(day for day in days if day is not None)


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """A reason with the day on which it arises."""

    day: date
    module: str
    reason: Reason


def reminders(duty: Duty, *, overdue_every: int = OVERDUE_EVERY) -> list[Reminder]:
    """All reminders of a duty while nothing changes, by day; at most one on a day.

    Nothing for who is exempt. An expiry is told from the day on which renewing keeps the cycle,
    never before, and what is overdue from the day after all that was let pass. Of what would have
    arisen before ``again`` the newest of a month is told on that day, if it still says what is so.
    """
    last = duty.last_day
    if duty.leave.exempt or last >= FOREVER:
        return []
    valid = duty.valid_until
    # Who is in date is told nothing but that it ends; a new duty is told when it is asked.
    fresh = valid is None or duty.since > valid
    begins = duty.since if fresh else last - timedelta(days=duty.window_days)
    found: dict[date, Reason] = {}
    for days in BEFORE:
        found[last - timedelta(days=days)] = Reason.DUE
    late = max(last + timedelta(days=duty.leave.grace_days), begins) + timedelta(days=1)
    for number in range(MOST_OVERDUE):
        found[late + timedelta(days=number * overdue_every)] = Reason.OVERDUE
    found[begins] = Reason.ASSIGNED if fresh else Reason.DUE
    if duty.again is not None and duty.again > begins:
        _gather(found, duty, begins, duty.again)
        begins = duty.again
    return [
        Reminder(
            day,
            duty.module,
            Reason.EXPIRING
            if reason is Reason.DUE and valid is not None and day <= valid
            else reason,
        )
        for day, reason in sorted(found.items())
        if day >= begins
    ]


def _gather(found: dict[date, Reason], duty: Duty, begins: date, again: date) -> None:
    """Tell on the day ``again`` the newest of what arose before it and is still so."""
    missed = [
        day
        for day, reason in found.items()
        if max(begins, again - timedelta(days=CATCH_UP_DAYS - 1)) <= day < again
        and not _passed(reason, duty, again)
    ]
    if missed:
        found.setdefault(again, found[max(missed)])


def newest(
    duty: Duty, *, told: date | None, today: date, overdue_every: int = OVERDUE_EVERY
) -> Reminder | None:
    """The one reminder that a message of today has of a duty: the newest since ``told``.

    ``told`` is the day of the last message, which had all that there was to say; None before the
    first. Five missed days are made up for once.
    """
    after = today - timedelta(days=CATCH_UP_DAYS)
    if told is not None:
        after = max(after, told)
    arisen = [
        one
        for one in reminders(duty, overdue_every=overdue_every)
        if after < one.day <= today and not _passed(one.reason, duty, today)
    ]
    return arisen[-1] if arisen else None


def _passed(reason: Reason, duty: Duty, today: date) -> bool:
    """Whether a reminder that was missed says by now what is no longer so."""
    # That a day comes near is still worth saying while the days of grace run.
    passed = duty.last_day + timedelta(days=duty.leave.grace_days)
    return reason in (Reason.DUE, Reason.EXPIRING) and today > passed


def message(
    duties: Iterable[Duty],
    *,
    told: date | None,
    today: date,
    works: Works,
    overdue_every: int = OVERDUE_EVERY,
) -> list[Reminder]:
    """What today's one message to somebody says, by module; nothing on a day off or without reason.

    A reason that arises on a day off waits for the next working day.
    """
    if not works(today):
        return []
    found = (newest(one, told=told, today=today, overdue_every=overdue_every) for one in duties)
    return sorted((one for one in found if one is not None), key=lambda one: one.module)


def message_days(
    duty: Duty,
    *,
    first: date,
    last: date,
    works: Works,
    told: date | None = None,
    memory: int = CATCH_UP_DAYS,
    overdue_every: int = OVERDUE_EVERY,
) -> set[date]:
    """The days from ``first`` to ``last`` on which a message speaks of a duty.

    The same as asking `message` on each of these days, while nothing changes; ``told`` is until
    when she was told all before, by default until the eve. What arose ``memory`` days ago is told
    no more.
    """
    before = first - timedelta(days=1) if told is None else told
    days = set()
    for one in reminders(duty, overdue_every=overdue_every):
        day = max(one.day, first)
        while day <= last and not works(day):
            day += timedelta(days=1)
        late = (day - one.day).days >= memory or _passed(one.reason, duty, day)
        if one.day > before and day <= last and not late:
            days.add(day)
    return days
