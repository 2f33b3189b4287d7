"""What training did, for a whole organisation and nothing smaller: gain, retention, calibration.

Results are kept from managers and leads (see docs/rights.md), so this has three guards. Nothing is
said of fewer than thirty people. Each figure takes its people in whole blocks, in the order in
which they came to have it: two reports that differ, differ by ten people or more, so nobody is
found by subtracting yesterday's report from today's. And gain and retention, which all rest on
the first check, are not shown of two groups that differ by fewer than ten either.
"""

from __future__ import annotations

import json
import uuid
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlmodel import Session

from db import learning, revisions
from db.learning import Confidence, Score
from modules.access import Viewer, require
from modules.agreement.current import agreed
from modules.agreement.model import BLOCK
from modules.course.files import module_from_bundle
from modules.course.model import Module
from modules.progress.delayed import FORMS
from modules.progress.measures import Gain, Retention, Sums, Sureness, gain, retention, sureness

NEXT = BLOCK
"""People in each block after the first. The agreement's number is a multiple of it."""


def first() -> int:
    """People in the first block, as agreed on: nothing is said of fewer."""
    return agreed().threshold.learned


@dataclass(frozen=True)
class Learned:
    """One module's measures; a part is None while its first block is not full."""

    module: str
    title: str
    gain: Gain | None = None
    sureness: Sureness | None = None
    kept: tuple[Retention | None, Retention | None] = (None, None)


def learned(session: Session, viewer: Viewer) -> list[Learned]:
    """Every published module of the viewer's organisation. Six queries for each, and its text."""
    require(viewer, "manage.learning")
    latest = revisions.latest(session, org_id=viewer.org_id)
    return [
        _of(session, viewer.org_id, module_from_bundle(body, viewer.language))
        for _, one in sorted(latest.items())
        for body in [json.loads(revisions.body(session, sha256=one.sha256))]
    ]


def as_json(viewer: Viewer, found: list[Learned], now: datetime) -> dict[str, Any]:
    """The measures as JSON values; what is not shown is null."""
    return {
        "organisation": viewer.organisation,
        "on": viewer.today(now).isoformat(),
        "first_block": first(),
        "next_blocks": NEXT,
        "modules": {
            one.module: {
                "title": one.title,
                "gain": asdict(one.gain) if one.gain else None,
                "calibration": asdict(one.sureness) if one.sureness else None,
                "kept_30_to_60_days": asdict(one.kept[0]) if one.kept[0] else None,
                "kept_6_months": asdict(one.kept[1]) if one.kept[1] else None,
            }
            for one in found
        },
    }


def as_text(found: list[Learned]) -> str:
    """The same as sentences, each with its n."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.module} {one.title}")
        lines += [f"  {line}" for line in _lines(one)] or [
            f"  Nothing is shown until {first()} people have finished it."
        ]
    lines += [
        "",
        f"Whole organisation; for each figure the first {first()} people, then every {NEXT} more.",
        "A change is not yet an effect of the training: that needs a group to compare with.",
    ]
    return "\n".join(lines)


def whole_blocks(*figures: Mapping[uuid.UUID, datetime]) -> list[list[uuid.UUID]]:
    """The people of each figure: those of its full blocks, by when each came to have it.

    Figures given together rest on the same answers, so one is subtracted from the other as well,
    today's from an old report's too. Of two groups that differ by fewer than a block, only the one
    that was full first is ever shown; the other figure stays with its last group until its next.
    Groups of two sizes differ by a block anyway.
    """
    orders = [sorted(one, key=lambda person: (one[person], person)) for one in figures]
    people: list[list[uuid.UUID]] = [[] for _ in figures]
    # From the largest size down: the first group of a figure that may be shown is its answer.
    waiting = {place for place, order in enumerate(orders) if len(order) >= first()}
    both = {
        pair: _both(*(orders[one] for one in pair)) for pair in combinations(sorted(waiting), 2)
    }
    for size in reversed(range(first(), max(map(len, orders)) + 1, NEXT)):
        if not waiting:
            break
        full = [place for place, order in enumerate(orders) if len(order) >= size]
        shown: list[int] = []
        for place in sorted(full, key=lambda place: figures[place][orders[place][size - 1]]):
            pairs = [both[min(place, other), max(place, other)] for other in shown]
            if not any(0 < 2 * (size - bisect_left(pair, size)) < NEXT for pair in pairs):
                shown.append(place)
                if place in waiting:
                    waiting.remove(place)
                    people[place] = orders[place][:size]
    return people


def _both(one: list[uuid.UUID], other: list[uuid.UUID]) -> list[int]:
    """For each person in two orders the later of her two places, in order.

    So many as are before a size are in both groups of that size.
    """
    places = {person: place for place, person in enumerate(one)}
    return sorted(
        max(place, places[person]) for place, person in enumerate(other) if person in places
    )


@dataclass(frozen=True)
class Tried:
    """Everybody's scores in a module, and the people of whom figures may be made."""

    pre: Mapping[uuid.UUID, Score]
    post: Mapping[uuid.UUID, Score]
    later: tuple[Mapping[uuid.UUID, Score], ...]
    done: Mapping[uuid.UUID, datetime]
    gained: list[uuid.UUID]
    kept: tuple[list[uuid.UUID], ...]


def tried(session: Session, org_id: uuid.UUID, module: Module) -> Tried:
    """Who took which form of a module, in whole blocks. Five queries."""

    def score(form: str, slots: Iterable[str] | None = None) -> dict[uuid.UUID, Score]:
        wanted = None if slots is None else list(slots)
        return learning.scores(session, org_id=org_id, module=module.id, form=form, slots=wanted)

    pre = score("pre", module.matched)
    # On each form of the check another item of the family may stand in the matched one's place.
    families = {other for item in module.matched.values() for other in module.twins(item)}
    post = score("check", {*module.matched.values(), *families})
    # Who is in is in with everything: an answer that came later would tell about one person.
    whole, items = score("check"), len(module.matched)
    done = {
        person: max(one.last, pre[person].last)
        for person, one in whole.items()
        if one.answered == len(module.forms.get("check", ()))
        and person in pre
        and person in post
        and pre[person].answered == post[person].answered == items > 0
    }
    later = [score(form) for form in FORMS]
    # Matched with the same items, so who kept something is one of those who gained.
    both = [
        {
            person: max(done[person], one.last)
            for person, one in scores.items()
            if person in done and one.answered == items
        }
        for scores in later
    ]
    gained, *kept = whole_blocks(done, *both)
    return Tried(pre, post, tuple(later), done, gained, tuple(kept))


def _of(session: Session, org_id: uuid.UUID, module: Module) -> Learned:
    found = tried(session, org_id, module)
    if not found.gained:
        return Learned(module.id, module.title)
    sure = learning.confidence(session, org_id=org_id, module=module.id, forms=["pre", "check"])
    # On its own: no other figure is made of confidence.
    [spoke] = whole_blocks({person: when for person, when in found.done.items() if person in sure})
    one, two = (
        retention(_pairs(people, found.post, scores), first()) if people else None
        for people, scores in zip(found.kept, found.later, strict=True)
    )
    return Learned(
        module.id,
        module.title,
        gain(_pairs(found.gained, found.pre, found.post), first()),
        sureness([_sums(sure[one]) for one in spoke], first()) if spoke else None,
        (one, two),
    )


def _pairs(
    people: Iterable[uuid.UUID], before: Mapping[uuid.UUID, Score], after: Mapping[uuid.UUID, Score]
) -> list[tuple[float, float]]:
    return [(_share(before[one]), _share(after[one])) for one in people]


def _share(score: Score) -> float:
    return score.right / score.answered


def _sums(one: Confidence) -> Sums:
    return Sums(one.answers, one.squares, one.said, one.right)


def _lines(one: Learned) -> Iterable[str]:
    if one.gain and one.gain.points is not None:
        by = f"{one.gain.points:+.1f} points{_between(one.gain.interval)}"
        g = one.gain.normalised
        beside = "undefined" if g is None else f"{g:.2f}"
        yield f"Before {one.gain.before:.0f}% right, after {one.gain.after:.0f}%: {by}."
        yield f"Normalised gain {beside}, of {one.gain.n} people."
    if one.sureness and one.sureness.brier is not None and one.sureness.bias is not None:
        yield (
            f"Brier score {one.sureness.brier:.3f}, bias {100 * one.sureness.bias:+.1f} points, "
            f"of {one.sureness.n} people with {one.sureness.answers} answers."
        )
    for when, kept in zip(("30 to 60 days", "6 months"), one.kept, strict=True):
        if kept and kept.drop is not None:
            ratio = "undefined" if kept.ratio is None else f"{kept.ratio:.2f}"
            yield (
                f"After {when}: retention {ratio}, drop {kept.drop:.1f} points"
                f"{_between(kept.interval)}, of {kept.n} people."
            )


def _between(interval: tuple[float, float] | None) -> str:
    return f" (95% interval {interval[0]:.1f} to {interval[1]:.1f})" if interval else ""
