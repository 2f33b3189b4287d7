"""Where somebody stands with a duty as it was read, with everything that eases it. Pure."""

from __future__ import annotations

from datetime import date

from db.duties import Duty
from modules.progress.refresh import owed
from modules.progress.standing import Leave, Standing, standing


def leave_of(duty: Duty, soon_days: int | None = None) -> Leave:
    """What eases a duty. ``soon_days``: see `Leave`."""
    return Leave(duty.grace_days, duty.extended_until, duty.exempt, soon_days)


def standing_of(duty: Duty, today: date, soon_days: int | None = None) -> Standing:
    """Where somebody stands with a duty today."""
    stands = standing(
        due_on=duty.due_on,
        valid_until=duty.valid_until,
        today=today,
        leave=leave_of(duty, soon_days),
    )
    return owed(stands, duty.refresh_on, today)
