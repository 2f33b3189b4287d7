"""The other modules: opened this autumn, all at once, done so far by those who do things early."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from modules.course.model import ModuleCard, Path
from modules.demo.days import beginning, working, working_before
from modules.demo.history import FIRST
from modules.demo.rounds import Learning, usual
from modules.demo.worker import AMIRA, Body, mail

# How long ago they were opened, and for how long from then people have for the first of them.
OPENED_WEEKS_AGO, WEEKS_TO_FINISH = 6, 14
# Each module on somebody's path is due so much later than the one before it.
WEEKS_BETWEEN = 3
# The chance that somebody takes such a module within its time, 0 to 1.
KEEN = 0.45


def rollout(
    body: Body,
    seed: int,
    today: date,
    valid_months: int,
    cards: Collection[ModuleCard],
    paths: Collection[Path],
) -> Iterator[Learning]:
    """Everybody's time with each module of their path but the first, as far as it is written.

    Practitioner modules have nobody's answers yet: their labs work hard, and a first start would
    wait for hundreds of them.
    """
    opens = opening(today)
    written = {card.id: card for card in cards if not card.planned and card.id != FIRST}
    ways = {path.id: [one for one in path.modules if one in written] for path in paths}
    for worker in body.people:
        if worker.left_on and worker.left_on <= opens:
            continue
        begins = max(opens, worker.joined_on)
        until = min(today, worker.left_on or today) - timedelta(days=1)
        for place, module in enumerate(ways.get(worker.path, [])):
            rng = random.Random(f"{seed}/{worker.email}/{module}")
            weeks = _weeks(place)
            due_on = working(begins + timedelta(weeks=weeks))
            early = written[module].level == "foundation" and worker.email != mail(AMIRA)
            ability = min(0.98, rng.betavariate(16, 2.2))
            rounds = tuple(usual(rng, begins, due_on, KEEN, until, valid_months)) if early else ()
            yield Learning(module, worker.email, begins, due_on, ability, rounds)


def opening(today: date) -> date:
    """The day on which the other modules were opened."""
    return max(beginning(today), working_before(today - timedelta(weeks=OPENED_WEEKS_AGO)))


def weeks_for(path: Path, module: str, written: Collection[str]) -> int:
    """How many weeks somebody on a path has for a module of it, from its opening."""
    return _weeks([one for one in path.modules if one in written].index(module))


def _weeks(place: int) -> int:
    return WEEKS_TO_FINISH + place * WEEKS_BETWEEN
