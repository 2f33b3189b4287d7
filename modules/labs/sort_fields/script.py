"""The lab as a script: who stands alone in the learner's own release, with pandas."""

from __future__ import annotations

from modules.labs.sort_fields.state import State
from modules.labs.sort_fields.working import TOWN_SEED

_SCRIPT = '''"""Who stands alone in a release?  Fernleigh’s residents, counted with pandas.

Every resident is invented. Change RELEASE and run it again.
"""
from modules import synth

# %% The town, and one working table of its residents
town = synth.fernleigh(people={people}, seed={seed!r})
people = town.table("residents").frame()
homes = town.table("housing").frame()
tax = town.table("council_tax").frame()
table = people.merge(
    homes[["property_id", "tenure", "dwelling", "damp", "rent_week", "people"]], on="property_id"
).merge(tax[["property_id", "paid_by", "arrears"]], on="property_id")
table["name"] = table["first_name"] + " " + table["last_name"]
table["birth_date"] = table["date_of_birth"]
table["birthday"] = table["date_of_birth"].dt.strftime("%d %B")
seen = town.table("health_referrals").frame().groupby("resident_id").last()
for column in ("condition", "clinic"):
    table[column] = table["resident_id"].map(seen[column]).fillna("")

# %% The columns that you released, or two that look harmless
RELEASE = {release!r}


# %% The attack: rows that no other row is like
def alone(columns):
    size = table.groupby(columns, dropna=False)[columns[0]].transform("size")
    return int((size == 1).sum())


for columns in ([["birthday"], ["postcode"], ["birthday", "postcode"], RELEASE]):
    print(f"{{' + '.join(columns):40}} {{alone(columns):5}} of {{len(table)}} stand alone")
'''


def script(state: State) -> str:
    """A script over the released columns, or over two harmless ones when nothing is released."""
    release = list(state.release) or ["ward", "sex"]
    return _SCRIPT.format(people=state.options.people, seed=TOWN_SEED, release=release)
