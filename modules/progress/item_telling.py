"""What may be told of how a question did, and what stays hidden. Pure.

- Nothing of fewer people than the threshold; no discrimination of fewer than twice as many.
- What all or none of them had, or picked, is never told as that, and never by what is left
  unsaid: from all but one person on it is “all, or all but one”, so it settles nobody's answer.
- How sure people were who were wrong is told only where those are as many as the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modules.progress.item_counts import Counted
from modules.progress.item_flags import flags, unused
from modules.progress.item_statistics import Statistics
from modules.questions import AnyQuestion

FEW = 2
"""A count below this is told as “none or one”."""


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high``, both shares from 0 to 1; alike where it is told exactly."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """What a drawing shows of it."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Pick:
    """How many took an option: ``right`` says whether it should be taken."""

    option: str
    text: str
    right: bool
    share: Range


@dataclass(frozen=True)
class Item:
    """A question as it may be told. What is not told is None, or empty."""

    id: str
    form: str
    people: int
    facility: Range
    deviation: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    picks: tuple[Pick, ...] = ()
    sureness: float | None = None
    sure_wrong: float | None = None
    flags: tuple[str, ...] = ()


def told(question: AnyQuestion, form: str, counted: Counted, least: int) -> Item | None:
    """A question as it may be told; None for fewer people than ``least``."""
    figures, n = counted.statistics, counted.statistics.takers
    if n < least or figures.facility is None:
        return None
    facility, plain = _facility(counted)
    wrong = n - counted.full
    sure_wrong = counted.sure_wrong / n if wrong >= least and counted.said >= least else None
    many = plain and n >= 2 * least
    picks = tuple(_picks(question, counted.picks, n))
    may_flag = Statistics(
        n,
        figures.most,
        figures.mean,
        # Of “all, or all but one” the lower end: the flag says no more than the range does.
        facility.low if facility.low >= 0.5 else facility.high,
        None,
        figures.discrimination if many else None,
        None,
    )
    wrong_options = [one.share.high for one in picks if not one.right]
    dead = (
        n > 2 * least
        and question.kind == "single_choice"
        and plain
        and unused(wrong_options, 1 - facility.high)
    )
    return Item(
        question.id,
        form,
        n,
        facility,
        figures.deviation if plain else None,
        figures.discrimination if many else None,
        figures.efficiency if many else None,
        picks,
        counted.sureness if counted.said >= least else None,
        sure_wrong,
        flags(
            may_flag,
            dead=dead,
            sure_wrong=sure_wrong,
            first_meeting=form == "pre",
            beyond_chance=True,
        ),
    )


def _facility(counted: Counted) -> tuple[Range, bool]:
    """The facility, and whether it is told exactly."""
    n, mean = counted.statistics.takers, counted.statistics.facility or 0.0
    if counted.full > n - FEW:
        return Range((n - 1) / n, 1.0), False
    if counted.none > n - FEW:
        return Range(0.0, 1 / n), False
    return Range(mean, mean), True


def _picks(question: AnyQuestion, picked: Mapping[str, int], n: int) -> Iterable[Pick]:
    options = {one.id: one for one in getattr(question, "options", ())}
    if question.kind not in ("single_choice", "multiple_choice", "judgement"):
        return
    keys = {
        id_ for id_, one in options.items() if getattr(one, "key", getattr(one, "acceptable", 0))
    }
    counts = {id_: picked.get(id_, 0) for id_ in options}
    if question.kind == "multiple_choice":
        ranges = {id_: _alone(count, n) for id_, count in counts.items()}
    else:
        ranges = shared(counts, keep=keys)
    for id_, (low, high) in ranges.items():
        yield Pick(id_, options[id_].text, id_ in keys, Range(low / n, high / n))


def _alone(count: int, n: int) -> tuple[int, int]:
    if count < FEW:
        return 0, FEW - 1
    return (n - FEW + 1, n) if count > n - FEW else (count, count)


def shared(counts: Mapping[str, int], keep: Iterable[str] = ()) -> dict[str, tuple[int, int]]:
    """Counts that add up to a known sum, from how many to how many each.

    Those below `FEW` are told as “none or one”. The rest would tell their sum, so the smallest of
    the others is told as a range too: one that fits, whatever each of the small ones is. Those in
    ``keep`` are taken for it last.
    """
    small = [name for name, count in counts.items() if count < FEW]
    ranges = {name: (count, count) for name, count in counts.items()}
    if not small:
        return ranges
    ranges |= dict.fromkeys(small, (0, FEW - 1))
    kept = set(keep)
    others = sorted((name in kept, counts[name], name) for name in counts if name not in small)
    if others:
        name = others[0][2]
        # What everybody can subtract: the small ones and this one together.
        both = counts[name] + sum(counts[one] for one in small)
        ranges[name] = (max(0, both - (FEW - 1) * len(small)), both)
    return ranges
