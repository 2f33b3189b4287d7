"""Days, months, shares and reasons as words, in the reader's language. Pure."""

from __future__ import annotations

from datetime import date
from functools import cache

from modules.basics import Words
from modules.course.files import read_course
from modules.progress.standing import Status
from modules.settings import settings

# Every sign differs in shape, so that the status does not hang on colour or on reading alone.
SIGNS = {Status.CURRENT: "✓", Status.DUE: "○", Status.OVERDUE: "!"}


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


def percent(part: int, whole: int) -> str:
    """A share in whole percent, rounded down: 79.6% is not yet 80%, and 99.9% is not everybody."""
    return f"{100 * part // whole}%"


def hidden(words: Words, reason: str, least: int) -> str:
    """Why a group's figures are not shown. Says no more than the reason itself."""
    return words(f"manage.hidden.{reason}", least=least)


def status(words: Words, status: Status, on: date) -> str:
    """A status with its sign and its day: "! Overdue since 3 November 2026"."""
    return f"{SIGNS[status]} {words(f'manage.status.{status}', day=day(words, on))}"


@cache
def _titles() -> dict[str, str]:
    return {card.id: card.title for card in read_course(settings().content).modules}


def title(module: str) -> str:
    """A module's title; its id when the course does not list it."""
    return _titles().get(module, module)
