"""How long each kind of personal data is kept, in days, as the works agreement has it; and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from modules.agreement.current import agreed


@dataclass(frozen=True)
class Periods:
    """Days by kind: what Steward comes with. `SINCE` says from when they count, and why so long."""

    notes: int = 90
    drafts: int = 90
    free_text: int = 90
    reports: int = 90
    answers: int = 0
    unfinished: int = 730
    sign_ins: int = 90
    links: int = 30
    steps: int = 1
    brakes: int = 30
    undo: int = 30
    help: int = 90
    reminders: int = 365
    views: int = 365
    refusals: int = 365
    changes: int = 1095
    requests: int = 1095
    leavers: int = 1095


@dataclass(frozen=True)
class Since:
    """From when a period counts, what happens then, and why it is as long as it is."""

    moment: str
    then: str
    why: str


PERIODS = Periods()


def in_force() -> Periods:
    """The periods that the works agreement has: these are kept to, whatever stands above."""
    return Periods(**agreed().retention.model_dump())


SINCE: Mapping[str, Since] = {
    "notes": Since("it was last written", "deleted", "a note helps until the first reviews"),
    "drafts": Since(
        "it was saved", "deleted", "a draft is for going on; it also goes when its attempt ends"
    ),
    "free_text": Since(
        "it was typed", "deleted", "it was judged at once, and the grade replays without it"
    ),
    "reports": Since(
        "it was sent", "name and words are deleted", "whoever reported is to read the answer"
    ),
    "answers": Since(
        "the completion they led to has lapsed",
        "unlinked from the person",
        "they prove what a certificate says for as long as it says it",
    ),
    "unfinished": Since(
        "the attempt began, where it led to no completion",
        "unlinked from the person",
        "two yearly rounds: whoever begins again goes on from them",
    ),
    "sign_ins": Since("it ended", "deleted", "to look into an account that was misused"),
    "links": Since("it was used or expired", "deleted", "to tell whether somebody else used it"),
    "steps": Since("it expired", "deleted", "it is for minutes"),
    "brakes": Since("the last failure", "deleted", "guessing comes back within weeks or never"),
    "undo": Since("the import", "deleted", "mistakes in a staff list show at the next pay day"),
    "help": Since("it was done, or asked", "deleted", "it is between two people, and over"),
    "reminders": Since("it was sent", "deleted", "one yearly round"),
    "views": Since("the view", "deleted", "a year in which people can see who looked"),
    "refusals": Since("the refusal", "deleted", "patterns of a year"),
    "changes": Since("the change", "deleted", "what a lesson said when somebody took it"),
    "requests": Since(
        "the answer",
        "deleted",
        "to show within the usual time for a complaint that it was answered",
    ),
    "leavers": Since(
        "the person left",
        "erased as on request",
        "the last certificate lapses by then, and audits look back",
    ),
}


def told(kind: str, periods: Periods | None = None) -> str:
    """A period in words: "90 days after it was last written, then deleted"."""
    periods = periods or in_force()
    days, since = getattr(periods, kind), SINCE[kind]
    after = f"{days} days after" if days else "at once when"
    return f"{after} {since.moment}, then {since.then}"


def kinds() -> tuple[str, ...]:
    """Every kind that has a period."""
    return tuple(one.name for one in fields(Periods))
