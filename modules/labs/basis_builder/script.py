"""The lab as a script: the rule table in plain Python, over the whole register without names."""

from __future__ import annotations

from modules.labs.basis_builder.state import State

_SCRIPT = '''"""What does each use of data stand on?  A rule table over Fernleigh’s register.

Every entry is invented, and stands here without its name. Add one of your own and run it again.
"""
from collections import Counter
from typing import NamedTuple


# %% What an entry states
class Entry(NamedTuple):
    law: str  # none, allows (gives the task) or orders (this very step)
    refuse: str  # what a no costs: nothing, or loses
    deal: bool  # an agreement that the person asked for
    danger: bool  # a life at risk, and nobody to ask
    role: str  # task, aside (a public body outside its tasks) or private
    weighed: bool  # both sides weighed, in writing


# %% The question of each basis
RULES = {{
    "consent": lambda e: e.refuse == "nothing" and e.law == "none" and not (e.deal or e.danger),
    "contract": lambda e: e.deal and e.role != "task",
    "legal obligation": lambda e: e.law == "orders",
    "vital interests": lambda e: e.danger and e.law == "none",
    "public task": lambda e: e.law != "none" and e.role == "task",
    "legitimate interests": lambda e: e.role == "private" and e.weighed and e.law == "none",
}}

# %% The register
REGISTER = [
{rows}
]

# %% What holds, and what does not
stands = Counter(name for entry in REGISTER for name, holds in RULES.items() if holds(entry))
for name in RULES:
    print(f"{{name:21}} holds for {{stands[name]:2}} of {{len(REGISTER)}} uses")
print(f"people are told       in {{len(REGISTER):8}} of {{len(REGISTER)}}")
'''


def script(state: State) -> str:
    """A script over every entry of the bank, sorted by what it states, so that none is told."""
    rows = sorted(
        f"    Entry({one.law!r}, {one.refuse!r}, {one.deal}, {one.danger}, {one.role!r},"
        f" {one.weighed}),"
        for one in state.options.cards
    )
    return _SCRIPT.format(rows="\n".join(rows).replace("'", '"'))
