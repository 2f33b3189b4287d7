"""The lab as a script: OpenDP's own calls on the same counts, with the learner's settings."""

from __future__ import annotations

from modules.labs.noise_dial.state import State
from modules.labs.noise_dial.town import given

_SCRIPT = '''"""Noise dial: noise with and without a budget, by OpenDP. Every run draws anew."""
import opendp.prelude as dp

from modules.synth import fernleigh, years

# OpenDP calls counting and Laplace noise "contrib": in use, but not yet proof-read by its own
# panel. It wants you to say that you know. In production, ask who has vetted what you rely on.
dp.enable_features("contrib")
table = fernleigh().table("health_referrals")  # one referral for each resident, all invented


def patients(ward: str, clinic: str) -> list[str]:
    here = (table["ward"] == ward) & (table["clinic"] == clinic)
    return table["resident_id"][here].tolist()


def counter(epsilon: float) -> dp.Measurement:
    space = dp.vector_domain(dp.atom_domain(T=str)), dp.symmetric_distance()
    return space >> dp.t.then_count() >> dp.m.then_laplace(scale=1 / epsilon)


# %% 1. The dial: what one ε does to a count
EPSILON, LIMIT = {epsilon!r}, {limit!r}
who, noisy = patients({ward!r}, {clinic!r}), counter(EPSILON)
errors = sorted(abs(noisy(who) - len(who)) for _ in range(400))
print(f"one release costs ε = {{noisy.map(1):.2f}}: the accountant's word for it")
print(f"95% of 400 releases miss by at most {{errors[379]}}; readers can live with {{LIMIT}}")

# %% 2. The same question again and again, with nobody counting
who, noisy = patients({walk_ward!r}, {walk_clinic!r}), counter({each!r})
for times in (1, 10, 100, 1000):
    average = sum(noisy(who) for _ in range(times)) / times
    print(f"{{times:>5}} answers average {{average:6.2f}}")
print("all 1,000 cost ε =", dp.c.make_composition([noisy] * 1000).map(1))

# %% 3. A budget: four tables about the same residents, then one more
# (split_dataframe is OpenDP's older way with tables; its newer one needs the library Polars.)
shares = {shares!r}
bands = ("0–17", "18–39", "40–64", "65 and over")
ages = years(table["date_of_birth"]).tolist()
ages = [bands[(one > 17) + (one > 39) + (one > 64)] for one in ages]
names = {ranked!r}
columns = {{name: ages if name == "age" else table[name].tolist() for name in names}}
context = dp.Context.compositor(
    data="\\n".join(map(",".join, zip(*columns.values()))),
    privacy_unit=dp.unit_of(contributions=1),
    privacy_loss=dp.loss_of(epsilon=min(1.0, sum(shares))),
    split_by_weights=shares,
    domain=dp.atom_domain(T=str),
)
for name in (*names, {first!r}):
    try:
        query = context.query().split_dataframe(separator=",", col_names=list(names))
        query = query.select_column(key=name, TOA=str)
        keys = sorted(set(columns[name]))
        query = query.count_by_categories(categories=keys, null_category=False).laplace()
        print(f"by {{name}}: scale {{query.param():.1f}}, {{keys[0]}} {{query.release()[0]}}")
    except ValueError as refused:
        print(f"one more by {{name}}: {{refused}}")
'''


def script(state: State) -> str:
    """A script with the learner's ε and shares; a plan over 1 is cut down to it by its weights."""
    mine = given(state.seed)
    return _SCRIPT.format(
        epsilon=state.epsilon,
        limit=mine.limit,
        ward=mine.dial.ward,
        clinic=mine.dial.clinic,
        walk_ward=mine.walk.ward,
        walk_clinic=mine.walk.clinic,
        each=mine.each,
        ranked=mine.ranked,
        first=mine.ranked[0],
        shares=[state.shares[table] for table in mine.ranked],
    )
