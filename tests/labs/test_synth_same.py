"""Same seed, same data: on any machine, in any process, in whatever order tables are asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from modules import synth
from modules.settings import ROOT
from modules.synth.names import LOCALES, POOL, pools
from modules.synth.town import Town

FROZEN = json.loads(Path(__file__).with_name("frozen_towns.json").read_text("utf-8"))
NAMES_ONLY = {
    ("residents", "first_name"),
    ("residents", "last_name"),
    ("staff", "first_name"),
    ("staff", "last_name"),
    ("voter_register", "first_name"),
    ("voter_register", "last_name"),
}


def prints(town):
    return {name: table.fingerprint() for name, table in town.tables.items()}


@pytest.mark.parametrize("which", FROZEN, ids=lambda one: f"{one['people']}-{one['seed']}")
def test_towns_are_what_they_were(which):
    """When this fails on purpose: ``python -m tests.labs.test_synth_same`` prints the new file."""
    town = Town(which["people"], which["seed"], which["locale"])
    assert prints(town) == which["tables"]


def test_another_process_with_another_hash_seed_makes_the_same_town():
    code = (
        "from modules import synth; t = synth.fernleigh(300, 'x');"
        "print(*[t.table(n).fingerprint() for n in reversed(synth.NAMES)])"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for hashing in ("1", "4711")
    ]
    town = Town(300, "x", "en_GB")
    assert found[0] == found[1] == [town.table(n).fingerprint() for n in reversed(synth.NAMES)]


def test_another_seed_makes_another_town():
    assert not set(prints(synth.fernleigh(300, "x")).values()) & set(
        prints(synth.fernleigh(300, "y")).values()
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_locale_changes_names_and_nothing_else(locale):
    home, abroad = synth.fernleigh(400, "l"), synth.fernleigh(400, "l", locale)
    for name, table in home.tables.items():
        for column, values in table.columns.items():
            other = abroad.table(name)[column]
            if (name, column) not in NAMES_ONLY:
                missing = values != values  # NaT
                assert bool(((values == other) | missing).all()), (name, column)
    if locale != "en_GB":
        changed = home.table("residents")["last_name"] != abroad.table("residents")["last_name"]
        assert changed.mean() > 0.5


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_full_pools_of_names(locale):
    for pool in (pools(locale).women, pools(locale).men, pools(locale).families):
        assert len(pool) == POOL
        assert all(name.strip() == name != "" for name in pool.tolist())
        assert len(set(pool.tolist())) > 15


def test_a_table_is_the_same_whether_or_not_others_were_made_before():
    alone = Town(300, "order", "en_GB").table("access_log").fingerprint()
    assert Town(300, "order", "en_GB").tables["access_log"].fingerprint() == alone


def test_fingerprints_notice_a_name_a_type_and_a_value():
    def made(**columns):
        return synth.Table("t", columns).fingerprint()

    base = made(a=np.array([1, 2]), b=np.array(["x", "y"]))
    assert base == made(a=np.array([1, 2], np.int32), b=np.array(["x", "y"], "U9"))
    assert base != made(a=np.array([1, 3]), b=np.array(["x", "y"]))
    assert base != made(c=np.array([1, 2]), b=np.array(["x", "y"]))
    assert base != made(a=np.array([1.0, 2.0]), b=np.array(["x", "y"]))


def main():
    """Print the file again."""
    for one in FROZEN:
        one["tables"] = prints(Town(one["people"], one["seed"], one["locale"]))
    print(json.dumps(FROZEN, indent=1))


if __name__ == "__main__":
    main()
