"""Whether a later snapshot of a group may stand beside the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable


def changed(joined_or_left: int, least: int) -> bool:
    """Whether so few people came or went that two snapshots would tell about them: 1..least-1."""
    if joined_or_left < 0:
        raise ValueError("a number of joiners and leavers cannot be negative")
    return 0 < joined_or_left < least


def comparable(
    members_now: frozenset[str], shown_before: Iterable[frozenset[str]], least: int
) -> bool:
    """Whether the group now differs from every earlier shown one by nobody, or by ``least`` people.

    Every earlier one counts, not only the last: five leavers in each of two months are ten from
    the first to the third, but five from the second. Ask it for each unit before ``protect`` (a
    refusal goes into ``already`` as "change"), and for the members of each residual region after
    it (``regions``): a parent and its child may each change by ten while the parent's own few
    change by one.
    """
    return not any(changed(len(members_now ^ before), least) for before in shown_before)
