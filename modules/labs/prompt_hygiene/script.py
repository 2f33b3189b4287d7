"""The lab as a script: how many residents fit a few harmless words, counted with pandas."""

from __future__ import annotations

from modules.labs.prompt_hygiene.attack import attack
from modules.labs.prompt_hygiene.state import State

_SCRIPT = '''"""Whom does a prompt without a name point to?  Fernleigh, counted with pandas.

Every resident is invented. Change CLUES and run it again.
"""
from modules import synth

# %% The town, and what a neighbour or a colleague could know
town = synth.fernleigh()
people = town.table("residents").frame()
homes = town.table("housing").frame()[["property_id", "dwelling", "people"]]
table = people.merge(homes, on="property_id")
table["home"] = table["dwelling"] + " for " + table["people"].astype(str) + " people"
born = table["date_of_birth"].astype("datetime64[ns]")
table["born"] = born.dt.day.astype(str) + born.dt.strftime(" %B %Y")
pupils = town.table("school_attendance").frame()[["resident_id", "school"]].drop_duplicates()
pupils = pupils.merge(people[["resident_id", "property_id"]], on="resident_id")

# %% The words that your prompt still has, or a few that look harmless
CLUES = {clues!r}

# %% The attack: one clue after the other
fit = table[table["sex"] == "F"]
print(f"{{'she':40}} {{len(fit):5}} residents fit")
for about, value in CLUES.items():
    if about == "school":
        fit = fit[fit["property_id"].isin(pupils.loc[pupils["school"] == value, "property_id"])]
    else:
        fit = fit[fit[about] == value]
    print(f"{{about + ': ' + value:40}} {{len(fit):5}} residents fit")
print("Fewer than {least}: this points to a person." if len(fit) < {least} else "A group.")
'''
COLUMNS = {"ward": "ward", "school": "school", "home": "home", "work": "employment", "born": "born"}
HARMLESS = {"ward": "Station", "employment": "carer"}


def script(state: State) -> str:
    """A script over the clues that are still in the prompt, or over two harmless ones."""
    clues = {
        COLUMNS[one.about]: one.text
        for one in attack(state.prompt).clues
        if one.about in COLUMNS and state.covered
    }
    return _SCRIPT.format(clues=clues or HARMLESS, least=state.options.least)
