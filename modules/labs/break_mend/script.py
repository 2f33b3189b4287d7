"""The lab as a script: the attack with pandas, the measures with pycanon, on the same extract."""

from __future__ import annotations

from modules.labs.break_mend.extract import DROPPED
from modules.labs.break_mend.state import State

_SCRIPT = '''"""Break it, then mend it: a linkage attack on a release without names."""
import pandas as pd
from pycanon import anonymity

from modules.synth import fernleigh, years

SETTING = {setting!r}

# %% The release (no names) and the public register (names), both invented
town = fernleigh()
referrals = town.table("health_referrals").frame().sample(frac={share}, random_state=1)
register = town.table("voter_register").frame()
for table in (referrals, register):
    table["year"] = table["date_of_birth"].dt.year

# %% Break it: join on what occurs once in both tables
keys = {keys!r}
ours = referrals.drop_duplicates(keys, keep=False)
theirs = register.drop_duplicates(keys, keep=False)
found = ours.merge(theirs, on=keys, suffixes=("", "_register"))
right = (found["resident_id"] == found["resident_id_register"]).sum()
could = referrals["resident_id"].isin(register["resident_id"]).sum()
print(f"{{right}} of {{could}} people who are in both tables found, {{len(found) - right}} wrongly")


# %% Mend it: coarser postcodes and ages
def release(table: pd.DataFrame) -> pd.DataFrame:
    code = table["postcode"].str
    district = code.split(" ").str[0]
    three = (district.str[2:].astype(int) - 1) // 3
    area = {{"postcode": table["postcode"], "sector": code[:-2], "ward": district,
            "wards": three.astype(str), "all": district.str[:2]}}[SETTING["area"]]
    born, level, top = table["date_of_birth"], SETTING["birth"], SETTING["top"]
    age = pd.Series(years(born.to_numpy()), index=table.index)
    if level in ("date", "year"):
        birth = (born if level == "date" else born.dt.year).astype(str)
    else:
        birth = (age // int(level) * int(level)).astype(str)
    oldest = 60 if top == "60" else 80
    if top == "60" or level not in ("date", "year"):
        birth = birth.where(age < oldest, f"{{oldest}} and over")
    out = pd.DataFrame({{"area": area, "birth": birth}})
    return out.assign(sex=table["sex"]) if SETTING["sex"] else out


out = release(referrals)
quasi = list(out.columns)
out["condition"] = referrals["condition"].astype(object)
if SETTING["suppress"]:
    out = out[out.groupby(quasi)["condition"].transform("size") >= 5]

# %% Measure it (t takes some seconds, and longer the finer the release is)
print(f"{{len(out)}} of {{len(referrals)}} rows go out")
if len(out) and (k := anonymity.k_anonymity(out, quasi)) > 1:
    out = out.reset_index(drop=True)
    print("k =", k, " l =", anonymity.l_diversity(out, quasi, ["condition"]))
    print("t =", round(anonymity.t_closeness(out, quasi, ["condition"]), 2))
else:
    print("k = 1: somebody stands alone")
'''
_COLUMNS = {
    "ward": "ward",
    "postcode": "postcode",
    "date": "date_of_birth",
    "year": "year",
    "sex": "sex",
}


def script(state: State) -> str:
    """A script with the learner's own fields and setting, over an extract of the same size."""
    keys = list(dict.fromkeys(_COLUMNS[field] for field in state.link)) or ["sex"]
    return _SCRIPT.format(setting=state.setting.dump(), keys=keys, share=1 - DROPPED)
