"""The team of the demo's manager, whose twelve stand as the walk through the demo needs them."""

from __future__ import annotations

from datetime import date, timedelta

from modules.demo.days import beginning, working, working_before
from modules.demo.rounds import Outcome, Round
from modules.demo.worker import AMIRA, TOM, Body, mail
from modules.progress.standing import months_after

# When Amira and her new colleague are due, in days from today.
AMIRA_DUE, COLLEAGUE_DUE = 12, 5

# A due day, and the rounds.
Plan = tuple[date, tuple[Round, ...]]


def toms_team(
    body: Body, opens: date, due_on: date, today: date, valid_months: int
) -> dict[str, Plan]:
    """Tom's twelve, as they stand today: eight current, two due, two overdue. He is current."""
    start, a_year_ago = beginning(today), months_after(today, -valid_months)

    def passed(day: date) -> Round:
        return Round(working(day), Outcome.PASSED)

    def ago(days: int) -> Round:
        return Round(working_before(today - timedelta(days=days)), Outcome.PASSED)

    still = [a_year_ago + timedelta(days=days) for days in (6, 13, 20, 29, 41)]
    plans: list[Plan] = [(due_on, (passed(max(day, opens + timedelta(days=2))),)) for day in still]
    lapsed = a_year_ago - timedelta(days=11)
    second = working(opens + timedelta(days=12))
    plans += [
        (due_on, (passed(opens + timedelta(days=1)), ago(9))),
        (due_on, (passed(opens + timedelta(days=2)), ago(16))),
        (due_on, (Round(working(opens + timedelta(days=9)), Outcome.SECOND, second), ago(4))),
        # Never finished, and lapsed eleven days ago.
        (due_on, (Round(working(opens + timedelta(days=30)), Outcome.STOPPED),)),
        (due_on, (Round(working_before(max(start, lapsed)), Outcome.PASSED),)),
    ]
    own = [
        worker
        for worker in body.people
        if worker.stays[-1].manager == mail(TOM) and worker.left_on is None
    ]
    new = [worker for worker in own if worker.joined_on > start]
    known = [worker for worker in own if worker.joined_on <= start]
    found = dict(zip((worker.email for worker in known), plans, strict=True))
    for worker in new:
        if worker.email == mail(AMIRA):
            found[worker.email] = (today + timedelta(days=AMIRA_DUE), ())
        else:
            stopped = Round(working_before(today - timedelta(days=6)), Outcome.STOPPED)
            found[worker.email] = (today + timedelta(days=COLLEAGUE_DUE), (stopped,))
    found[mail(TOM)] = (due_on, (passed(opens + timedelta(days=1)), ago(20)))
    return found
