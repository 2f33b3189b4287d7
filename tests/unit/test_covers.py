from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from modules.shell import covers, motifs, parts

NUMBERS = range(1, 19)
SPOTS = sorted(covers.STATIC.glob("spot-*.svg"))


@pytest.mark.parametrize("number", NUMBERS)
def test_the_committed_cover_is_the_generated_one(number: int) -> None:
    file = covers.STATIC / f"cover-m{number:02}.svg"
    assert file.read_text(encoding="utf-8") == covers.cover(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cover_uses_at_most_four_colours_and_gold(number: int) -> None:
    family, _ = covers.COVERS[number - 1]
    allowed = {*covers.FAMILIES[family], motifs.CREAM, motifs.GOLD}
    used = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", covers.cover(number)))
    assert motifs.GOLD in used
    assert used <= allowed


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cover_has_one_person_of_the_right_size(number: int) -> None:
    golden = re.findall(rf'<circle [^>]*r="([\d.]+)" fill="{motifs.GOLD}"', covers.cover(number))
    assert len(golden) == covers.cover(number).count(motifs.GOLD) == 1
    assert 8 <= float(golden[0]) <= 14


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cover_is_small_whole_and_sixteen_by_nine(number: int) -> None:
    text = covers.cover(number)
    assert ElementTree.fromstring(text).get("viewBox") == "0 0 320 180"
    assert len(text.encode()) < 3300


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.stem)
def test_a_spot_illustration_follows_the_same_rules(spot: Path) -> None:
    text = spot.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).get("viewBox") == "0 0 160 110"
    assert text.count(motifs.GOLD) == 1
    assert len(set(re.findall(r"#[0-9A-F]{6}", text)) - {motifs.GOLD}) <= 4


def test_the_four_spots_are_there() -> None:
    assert [spot.stem for spot in SPOTS] == [
        "spot-done",
        "spot-empty",
        "spot-error",
        "spot-offline",
    ]


@pytest.mark.parametrize("module_id", ["M01", "m18", "M19", "M00", "local-induction"])
def test_every_module_has_a_cover_that_exists(module_id: str) -> None:
    assert (covers.STATIC / Path(parts.cover_url(module_id)).name).is_file()
