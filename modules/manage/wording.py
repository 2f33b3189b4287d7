"""Days, months, shares and reasons as words, in the reader's language. Pure."""

from __future__ import annotations

from datetime import date
from math import ceil

from db.snapshots import OTHERS
from modules.agreement.current import agreed
from modules.basics import Words
from modules.progress.standing import SIGNS, Status


def day(words: Words, on: date) -> str:
    """A day, such as "3 November 2026"."""
    name = words(f"manage.month.{on.month}")
    return words("manage.day", day=on.day, month=name, year=on.year)


def month(words: Words, on: date) -> str:
    """A month, such as "November 2026"."""
    return words("manage.month_year", month=words(f"manage.month.{on.month}"), year=on.year)


def short_month(words: Words, on: date) -> str:
    """A month without its year, short enough for an axis: "Nov"."""
    return words(f"manage.short_month.{on.month}")


def months(words: Words, first: date, last: date) -> str:
    """One month or several in a row: "November 2026 to January 2027"."""
    if (first.year, first.month) == (last.year, last.month):
        return month(words, last)
    return words("manage.month_to", first=month(words, first), last=month(words, last))


def category(words: Words, by: str, of: str) -> str:
    """A job family, a path or a joining cohort by its name; "" is what nobody has stated."""
    if of == OTHERS:
        return words("manage.category.others")
    if not of:
        return words("manage.category.none")
    if by == "family":
        return of
    if by == "path":
        return words("manage.category.path", of=of)
    # "-2020" is everybody who joined by then.
    if of.startswith("-"):
        return words("manage.category.before", of=of[1:])
    if "-" in of:
        first, last = of.split("-")
        return words("manage.category.cohorts", first=first, last=last)
    return words("manage.category.cohort", of=of)


def percent(part: int, whole: int) -> str:
    """A share in whole percent, rounded down: 79.6% is not yet 80%, and 99.9% is not everybody."""
    return f"{100 * part // whole}%"


def between(words: Words, low: int, high: int, whole: int) -> str:
    """A range in whole percent, rounded outwards: it says no more than the range itself."""
    least, most = f"{100 * low // whole}%", f"{-(-100 * high // whole)}%"
    if low == 0:
        return words("manage.at_most", share=most)
    if high == whole:
        return words("manage.at_least", share=least)
    return words("manage.from_to", low=least, high=most)


def missing(part: int, whole: int, target: float) -> int:
    """How many people more make the target of those counted; 0 when it is reached."""
    return max(0, ceil(round(target * whole, 6)) - part)


def hidden(words: Words, reason: str, least: int) -> str:
    """Why a group's figures are not shown. Says no more than the reason itself."""
    return words(f"manage.hidden.{reason}", least=least)


def status(words: Words, status: Status, on: date | None) -> str:
    """A status with its sign and its day: "! Overdue since 3 November 2026"; or without the day."""
    if on is None:
        return f"{SIGNS[status]} {words(f'status.{status}_plain')}"
    return f"{SIGNS[status]} {words(f'status.{status}', day=day(words, on))}"


def columns() -> tuple[str, ...]:
    """The columns of a team, as far as managers are to see them."""
    seen = {
        "name": "name",
        "unit": "unit",
        "module": "module",
        "status": "status",
        "day": "on",
        "reminded": "reminded_on",
    }
    return tuple(column for column, field in seen.items() if field in agreed().managers_see)
