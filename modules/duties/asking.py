"""What a rule asks of somebody on a day: since when, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from modules.duties.model import After, Audience, Clause, Due, On, Renewal, Rule
from modules.duties.people import Post, Worker
from modules.duties.renewing import next_day


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule asks it of somebody since a day; ``due_on`` is for her first completion under it."""

    since: date
    due_on: date
    renewal: Renewal


def asked(rule: Rule, *, starts: date, worker: Worker, today: date) -> Asked | None:
    """What a rule that begins on ``starts`` asks of somebody today; None when it asks nothing.

    The due day is never before the day on which it came to be asked, and a move changes it only
    together with her job family or grade.
    """
    since = member_since(rule, starts=starts, worker=worker, today=today)
    if since is None:
        return None
    _, renewal = _case(rule, starts, worker, today)
    if rule.before_access:
        return Asked(since, since, renewal)
    return Asked(since, _due(rule, starts, since, worker, today), renewal)


def _due(rule: Rule, starts: date, since: date, worker: Worker, today: date) -> date:
    """The due day: by the case that she came under when she took up her role."""
    due = rule.due
    if rule.cases:
        entered = max(since, _in_role_since(starts, worker, today) or since)
        first, _ = _case(rule, starts, worker, since)
        due, _ = _case(rule, starts, worker, entered)
        # Another case from a day on: it makes nobody late on that day.
        if due != first and _due_on(due, starts, since, worker, today) < entered:
            since = entered
    day = _due_on(due, starts, since, worker, today)
    changed = rule.counts_from
    if changed is not None and since < changed and day < changed:
        return _due_on(due, starts, changed, worker, today)
    return day


def member_since(rule: Rule, *, starts: date, worker: Worker, today: date) -> date | None:
    """The first day of the unbroken time in which the rule asks it of somebody, today included.

    A move between two units of the audience breaks nothing; leaving and coming back does.
    """

    def within(post: Post) -> bool:
        return _in(rule.audience, starts, worker, post) and not _in(
            rule.exceptions, starts, worker, post
        )

    return _unbroken(worker, starts, today, within)


def _unbroken(
    worker: Worker, starts: date, today: date, holds: Callable[[Post], bool]
) -> date | None:
    now = worker.post(today)
    if today < starts or now is None or not holds(now):
        return None
    since = now.first
    for post in reversed(worker.posts):
        if post.until == since and holds(post):
            since = post.first
    return max(since, starts)


def _in(audience: Audience, starts: date, worker: Worker, post: Post) -> bool:
    return any(_fits(clause, starts, worker, post) for clause in audience.clauses)


def _fits(clause: Clause, starts: date, worker: Worker, post: Post) -> bool:
    return (
        (not clause.units or not post.units.isdisjoint(clause.units))
        and (not clause.families or post.family in clause.families)
        and (not clause.grades or post.grade in clause.grades)
        and (not clause.roles or not worker.roles.isdisjoint(clause.roles))
        and (not clause.paths or worker.path in clause.paths)
        and (not clause.people or worker.person_id in clause.people)
        and (not clause.starters or _employed_since(worker, post) >= starts)
    )


def _case(rule: Rule, starts: date, worker: Worker, today: date) -> tuple[Due, Renewal]:
    post = worker.post(today)
    for case in rule.cases:
        if post is not None and _in(case.audience, starts, worker, post):
            return case.due, case.renewal
    return rule.due, rule.renewal


def _due_on(due: Due, starts: date, since: date, worker: Worker, today: date) -> date:
    if isinstance(due, On):
        return max(due.day, since + timedelta(days=due.least_days))
    if isinstance(due, After):
        day = _base(due, starts, since, worker, today) + timedelta(days=due.days)
        # Who comes under the rule when those days have passed has as many from then on.
        return day if day >= since else since + timedelta(days=due.days)
    return next_day(due.yearly, since + timedelta(days=due.least_days))


def _base(due: After, starts: date, since: date, worker: Worker, today: date) -> date:
    post = worker.post(today)
    if due.of == "assignment" or post is None:
        return since
    if due.of == "joining":
        return max(_employed_since(worker, post), starts)
    return max(_in_role_since(starts, worker, today) or since, starts)


def _in_role_since(starts: date, worker: Worker, today: date) -> date | None:
    """The first day of the unbroken time in today's job family and grade, from ``starts`` on."""
    post = worker.post(today)
    if post is None:
        return None
    role = (post.family, post.grade)
    return _unbroken(worker, starts, today, lambda one: (one.family, one.grade) == role)


def _employed_since(worker: Worker, post: Post) -> date:
    """The first day of the unbroken time in which she has worked here, up to a post."""
    since = post.first
    for earlier in reversed(worker.posts):
        if earlier.until == since:
            since = earlier.first
    # A staff list can know the day she joined better than her first placement does.
    return worker.joined_on if since <= worker.posts[0].first else since
