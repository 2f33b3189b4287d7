"""The lab as a script: the figure of the learner's proposal, group by group, with pandas."""

from __future__ import annotations

from modules.labs.ethics_canvas.figures import MISSED, SECONDARY, TOWN_SEED
from modules.labs.ethics_canvas.state import State

_HEAD = '''"""Who carries it?  {name}, by group, counted with pandas.

Every resident of Fernleigh is invented. Cut the figures in another way, and run it again.
"""
from modules import synth

town = synth.fernleigh(people={people}, seed={seed!r})
folk = town.table("residents").frame()
'''
_VISITS = """
# %% Offers of a visit, and adults who have a benefit in payment
adults = town.table("ai_scores").frame().merge(folk[["resident_id", "sex"]], on="resident_id")
claims = town.table("benefit_claims").frame()
paid = claims.loc[claims["status"] == "in payment", "resident_id"]
adults["base"] = adults["resident_id"].isin(paid)
adults["hits"] = adults["offered_help"]
adults["age"] = adults["age"] // 15 * 15
rows, cuts = adults, ["ward", "age", "sex"]
"""
_ABSENCE = """
# %% Pupils who missed more than a tenth of the year
terms = town.table("school_attendance").frame()
pupils = terms.groupby("resident_id").agg(
    sessions=("sessions", "sum"), attended=("attended", "sum"), school=("school", "first"),
    meals=("free_meals", "first"), support=("support", "first"),
).reset_index()
homes = town.table("housing").frame()[["property_id", "damp"]]
pupils = pupils.merge(folk[["resident_id", "property_id"]], on="resident_id")
pupils = pupils.merge(homes, on="property_id")
pupils["school"] = pupils["school"].where(pupils["school"].isin({secondary!r}), "primary")
pupils["base"] = 1
pupils["hits"] = 1 - pupils["attended"] / pupils["sessions"] > {missed}
rows, cuts = pupils, ["damp", "school", "meals", "support"]
"""
_RECORDS = """
# %% Look-ups for which no reason was written down, and how near the officer lives
home = folk[["resident_id", "property_id", "postcode"]]
staff = town.table("staff").frame()[["staff_id", "resident_id"]]
near = staff.merge(home, on="resident_id", how="left").drop(columns="resident_id")
log = town.table("access_log").frame().merge(near, on="staff_id", how="left")
log = log.merge(home, on="resident_id", how="left", suffixes=("_officer", ""))
log["tie"] = "none"
log.loc[log["postcode_officer"] == log["postcode"], "tie"] = "same postcode"
log.loc[log["property_id_officer"] == log["property_id"], "tie"] = "same home"
log["base"] = 1
log["hits"] = log["reason"] == ""
rows, cuts = log, ["tie", "system"]
"""
_TAIL = """
# %% Group by group; an average hides whoever is few
print("the town", round({per} * rows["hits"].sum() / rows["base"].sum(), 1))
for cut in cuts:
    sums = rows.groupby(cut)[["base", "hits"]].sum()
    sums["for every {per}"] = ({per} * sums["hits"] / sums["base"]).round(1)
    print(sums, end="\\n\\n")
"""


def script(state: State) -> str:
    """A script over the tables of the drawn proposal. It names no group."""
    one = state.proposal
    middle = {"visits": _VISITS, "absence": _ABSENCE, "records": _RECORDS}[one.measure]
    whole = _HEAD + middle + _TAIL
    return whole.format(
        name=one.name.replace('"', "'").replace("\\", ""),
        people=state.options.people,
        seed=TOWN_SEED,
        secondary=list(SECONDARY),
        missed=MISSED,
        per=one.per,
    )
