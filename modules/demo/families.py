"""What the people of the demo work as: job families that cross units, in grades 3 to 12."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping

MANAGER, ADMINISTRATOR = "Manager", "Administrator"
CHIEF, HEAD_OF_DEPARTMENT = "12", "11"
# The grades of each family, lowest and highest; a team's head is in 9 or 10.
GRADES: Mapping[str, tuple[int, int]] = {
    "Operative": (3, 5),
    ADMINISTRATOR: (3, 5),
    "Customer adviser": (4, 6),
    "Care worker": (4, 6),
    "Benefits officer": (5, 7),
    "Housing officer": (5, 8),
    "Inspector": (6, 8),
    "Planner": (6, 9),
    "Engineer": (6, 9),
    "Analyst": (6, 9),
    "Adviser": (7, 10),
    MANAGER: (9, 10),
}
# The families of a team, one after the other, over and over.
TEAMS: Mapping[str, tuple[str, ...]] = {
    "Democratic services": ("Adviser", ADMINISTRATOR, "Adviser"),
    "Legal services": ("Adviser", "Adviser", "Adviser", ADMINISTRATOR),
    "Information governance": ("Adviser", "Analyst"),
    "Internal audit": ("Analyst",),
    "Revenues": ("Benefits officer", "Benefits officer", "Benefits officer", "Analyst"),
    "Benefits": ("Benefits officer",) * 5 + (ADMINISTRATOR,),
    "Customer contact": ("Customer adviser",) * 5 + (ADMINISTRATOR,),
    "Business rates": ("Benefits officer", "Analyst"),
    "Homelessness and advice": ("Housing officer", "Customer adviser", "Housing officer"),
    "Tenancy services": ("Housing officer",) * 3 + ("Customer adviser", ADMINISTRATOR),
    "Repairs and safety": ("Operative", "Engineer", "Operative", "Inspector"),
    "Community safety": ("Housing officer", "Inspector"),
    "Waste and recycling": ("Operative",) * 7 + (ADMINISTRATOR,),
    "Parks and open spaces": ("Operative",) * 5 + ("Planner",),
    "Environmental health": ("Inspector", "Inspector", ADMINISTRATOR),
    "Development control": ("Planner", "Planner", "Planner", ADMINISTRATOR),
    "Building control": ("Inspector", "Planner", "Inspector"),
    "Human resources": ("Adviser", "Adviser", ADMINISTRATOR),
    "ICT services": ("Engineer", "Engineer", "Engineer", "Analyst"),
    "Finance and payroll": ("Analyst", "Analyst", ADMINISTRATOR),
    "Data and insight": ("Analyst", "Analyst", "Engineer"),
    "Communications": ("Adviser", "Planner"),
    "Emergency planning": ("Planner", "Engineer"),
    "Home visits": ("Care worker",),
}

# Unit, whether she heads it, address -> job family and grade.
Work = Callable[[str, bool, str], tuple[str, str]]


def working(departments: frozenset[str], top: str) -> Work:
    """A function that says what the next person of a unit works as. The same every time."""
    met = Counter[str]()

    def next_of(unit: str, head: bool, email: str) -> tuple[str, str]:
        if head:
            high = CHIEF if unit == top else HEAD_OF_DEPARTMENT if unit in departments else ""
            return MANAGER, high or grade(MANAGER, email)
        every = TEAMS.get(unit, (ADMINISTRATOR,))
        family = every[met[unit] % len(every)]
        met[unit] += 1
        return family, grade(family, email)

    return next_of


def grade(family: str, email: str) -> str:
    """A grade of the family; the lower ones are more frequent."""
    low, high = GRADES[family]
    rng = random.Random(f"grade/{email}")
    return str(min(rng.randint(low, high), rng.randint(low, high)))
