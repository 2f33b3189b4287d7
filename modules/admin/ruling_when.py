"""The part of the form that asks by when, and when again. Draws on the surface it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from modules.basics import Surface, Words
from modules.duties.model import After, Calendar, Cycle, Due, Never, On, Renewal, Rolling, Yearly

DUE = ("after", "on", "cycle")
OF: tuple[Literal["assignment", "joining", "role"], ...] = ("assignment", "joining", "role")
AGAIN = ("rolling", "calendar", "never")
MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Key:
    """Keys of widgets below one prefix."""

    prefix: str

    def __call__(self, name: str) -> str:
        """The key of a widget."""
        return f"{self.prefix}/{name}"

    def under(self, name: str) -> Key:
        """A prefix below this one."""
        return Key(f"{self.prefix}/{name}")


def ask_due(card: Surface, say: Words, given: Due, today: date, at: Key) -> Due | None:
    """By when; None while a day is missing."""
    kind = card.container(key=f"choices-{at.prefix.replace('/', '-')}").radio(
        say("rules.due"),
        DUE,
        index=DUE.index(given.kind),
        format_func=lambda one: say(f"rules.due_{one}"),
        key=at("kind"),
        horizontal=True,
    )
    row = card.container(horizontal=True, vertical_alignment="bottom")
    if kind == "after":
        start = given if isinstance(given, After) else After(days=30)
        days = row.number_input(say("rules.days"), 0, 3650, start.days, key=at("days"), width=160)
        of: Literal["assignment", "joining", "role"] = row.selectbox(
            say("rules.after_what"),
            OF,
            index=OF.index(start.of),
            format_func=lambda one: say(f"rules.of.{one}"),
            key=at("of"),
            width=320,
        )
        return After(days=int(days), of=of)
    least = 14 if isinstance(given, After) else given.least_days
    if kind == "on":
        start_day = given.day if isinstance(given, On) else today + timedelta(days=60)
        day = row.date_input(
            say("rules.day"), start_day, format="DD/MM/YYYY", key=at("day"), width=220
        )
        least = _least(row, say, least, at)
        return On(day=day, least_days=least) if day else None
    yearly = _yearly(row, say, given.yearly if isinstance(given, Cycle) else None, at)
    least = _least(row, say, least, at)
    return Cycle(yearly=yearly, least_days=least) if yearly else None


def ask_renewal(card: Surface, say: Words, given: Renewal, at: Key) -> Renewal | None:
    """When again; None while a day is wrong."""
    kind = card.container(key=f"choices-{at.prefix.replace('/', '-')}").radio(
        say("rules.again"),
        AGAIN,
        index=AGAIN.index(given.kind),
        format_func=lambda one: say(f"rules.again_{one}"),
        key=at("kind"),
        horizontal=True,
    )
    if kind == "never":
        return Never()
    row = card.container(horizontal=True, vertical_alignment="bottom")
    if kind == "rolling":
        start = given.months if isinstance(given, Rolling) else 12
        months = row.number_input(say("rules.months"), 1, 120, start, key=at("months"), width=160)
        return Rolling(months=int(months))
    yearly = _yearly(row, say, given.yearly if isinstance(given, Calendar) else None, at)
    return Calendar(yearly=yearly) if yearly else None


def _least(row: Surface, say: Words, given: int, at: Key) -> int:
    return int(
        row.number_input(
            say("rules.least"), 0, 3650, given, key=at("least"), help=say("rules.least_help"),
            width=220,
        )
    )  # fmt: skip


def _yearly(row: Surface, say: Words, given: Yearly | None, at: Key) -> Yearly | None:
    start = given or Yearly(month=1, day=31)
    day = row.number_input(say("rules.day_of_month"), 1, 31, start.day, key=at("of"), width=140)
    month = row.selectbox(
        say("rules.month"),
        MONTHS,
        index=start.month - 1,
        format_func=lambda one: say(f"manage.month.{one}"),
        key=at("month"),
        width=180,
    )
    every = row.number_input(say("rules.every"), 1, 5, start.every, key=at("every"), width=160)
    return Yearly(month=month, day=int(day), every=int(every), offset=start.offset % int(every))
