"""Fernleigh's joiners, movers and leavers of the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from modules.demo.days import beginning, working_before
from modules.demo.families import grade
from modules.demo.worker import AMIRA, Hire, Worker, mail
from modules.progress.standing import months_after

# How long ago the last ones joined, in days.
INTAKE_AGO = 18


def the_year(staff: list[Worker], people: int, today: date, hire: Hire) -> Iterator[Worker]:
    """The staff with the year's joiners, movers and leavers.

    They come in waves, as contracts do: crews, a reorganisation, the end of a repairs contract,
    and an intake. Single changes in other months would hide every later
    statistic of the whole body (see ``modules.suppress.comparable``).
    """
    start = beginning(today)
    crews = months_after(start.replace(day=1), 6)
    reorganised, ended = months_after(crews, 1), months_after(crews, 3)
    intake_on = working_before(today - timedelta(days=INTAKE_AGO))
    now = {worker.email: worker for worker in staff}
    heads = {stay.manager for worker in staff for stay in worker.stays}
    bosses = {
        worker.unit: worker.stays[-1].manager for worker in staff if worker.email not in heads
    }

    def scaled(count: int) -> int:
        """The number for this size of body, from that for 300."""
        return round(count * people / 300)

    def some(unit: str, count: int) -> list[Worker]:
        """The next few of a unit who have no part in the year's changes yet, never its head."""
        there = [one for one in staff if one.unit == unit and one.email not in heads]
        unchanged = [one for one in there if now[one.email] is one and not one.roles]
        return unchanged[: scaled(count)]

    def join(workers: list[Worker], day: date) -> None:
        for one in workers:
            stay = replace(one.stays[0], starts=day)
            now[one.email] = replace(one, joined_on=day, stays=(stay,))

    def move(workers: list[Worker], before: str, day: date) -> None:
        for one in workers:
            earlier = replace(one.stays[0], unit=before, manager=bosses[before], ends=day)
            earlier = replace(earlier, starts=one.joined_on)
            now[one.email] = replace(one, stays=(earlier, replace(one.stays[0], starts=day)))

    def promote(workers: list[Worker], day: date) -> None:
        """From the day on a grade higher, in the same unit."""
        for one in workers:
            stay = one.stays[0]
            risen = replace(stay, starts=day, grade=str(int(stay.grade) + 1))
            now[one.email] = replace(one, stays=(replace(stay, ends=day), risen))

    def retrain(workers: list[Worker], family: str, day: date) -> None:
        """From the day on in another job family, in the same unit."""
        for one in workers:
            stay = one.stays[0]
            other = replace(stay, starts=day, job_family=family, grade=grade(family, one.email))
            now[one.email] = replace(one, stays=(replace(stay, ends=day), other))

    def leave(unit: str, count: int, day: date) -> None:
        for _ in range(scaled(count)):
            gone = hire("", unit, bosses[unit])
            stay = replace(gone.stays[0], ends=day)
            now[gone.email] = replace(gone, stays=(stay,), left_on=day)

    revenues = [one for one in staff if one.unit == "Revenues" and one.email not in heads]
    join([one for one in revenues if one.email == mail(AMIRA)] + revenues[-1:], intake_on)
    join(some("Waste and recycling", 10), crews)
    leave("Waste and recycling", 7, crews)
    move(some("Parks and open spaces", 2), "Waste and recycling", crews)
    move(some("Homelessness and advice", 6), "Tenancy services", reorganised)
    move(some("Data and insight", 2), "ICT services", reorganised)
    leave("Repairs and safety", 11, ended)
    join(some("Customer contact", 10), intake_on)
    join(some("Benefits", 2), intake_on)
    move(some("Benefits", 2), "Customer contact", intake_on)
    # Last, so that whoever joined, moved or left is the same with it and without.
    retrain(some("Customer contact", 4), "Benefits officer", reorganised)
    promote(some("Waste and recycling", 4), reorganised)
    promote(some("ICT services", 3), reorganised)
    yield from now.values()
