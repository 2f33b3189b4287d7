"""The attack as a script: integer programming over the printed table, with scipy."""

from __future__ import annotations

from modules.labs.break_suppression.grading import shut
from modules.labs.break_suppression.state import State

_SCRIPT = '''"""Break a table whose small numbers are hidden.  pip install numpy scipy

The table is invented. None is a hidden number; head-counts and sums are printed.
"""
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

# %% The printed table: unit, the unit it is part of, people, of whom have done it
TABLE = [
{table}
]

# %% One unknown for each team, one equation for each printed number
above = {{name: parent for name, parent, _, _ in TABLE}}
teams = [row for row in TABLE if row[0] not in above.values()]


def inside(team, unit):
    while team is not None and team != unit:
        team = above[team]
    return team == unit


printed = [row for row in TABLE if row[3] is not None]
sums = np.array([[inside(team[0], row[0]) for team in teams] for row in printed], dtype=float)
values = [row[3] for row in printed]
fits = LinearConstraint(sums, values, values)
counts = Bounds(0, [people for _, _, people, _ in teams])

# %% The least and the greatest number that fit. Equal: the hiding hid nothing
for place, (name, _, people, value) in enumerate(teams):
    if value is not None:
        continue
    aim = np.zeros(len(teams))
    aim[place] = 1
    whole = np.ones(len(teams))
    least = round(milp(aim, constraints=fits, bounds=counts, integrality=whole).fun)
    most = round(-milp(-aim, constraints=fits, bounds=counts, integrality=whole).fun)
    said = f"exactly {{least}}" if least == most else f"between {{least}} and {{most}}"
    print(f"{{name}}: {{said}} of {{people}}")
'''


def script(state: State) -> str:
    """The attack on the table that the learner has made so far."""
    names, hidden = state.options.names(), shut(state)
    rows = [
        (
            names[cell.node],
            names[cell.parent] if cell.parent else None,
            cell.people,
            None if cell.node in hidden else cell.value,
        )
        for cell in state.figures.first
    ]
    return _SCRIPT.format(table="\n".join(f"    {row!r}," for row in rows))
