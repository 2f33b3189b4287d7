"""Records of a module's own beside the shipped ones: taken out for a draft, put back for good."""

import pytest
import yaml

from modules.basics import ContentError
from modules.course.files import bundle, bundle_of, sha256_of
from modules.course.files.own_records import own, registers, whole
from tests.course import SHIPPED

SLUG = "m01-why-share"
OWN = """\
- id: our-count
  statement: Fernleigh has eleven registers.
  jurisdiction: uk
  source: our-report
  place: page 3
  last_checked: 2026-11-01
  status: "V"
  review_by: 2027-05-01
"""


def shipped():
    return registers(SHIPPED)


def test_a_revision_becomes_a_draft_and_the_same_revision_again():
    kept = bundle(SHIPPED, SLUG)
    draft = own(kept, shipped())
    assert set(draft) == {path for path in kept if path.startswith(SLUG)}
    assert sha256_of(bundle_of(whole(draft, shipped()), SLUG)) == sha256_of(kept)


def test_a_record_of_its_own_stays_in_the_draft_and_comes_back_into_the_revision():
    kept = bundle(SHIPPED, SLUG)
    lesson = f"{SLUG}/lesson.en.md"
    kept[lesson] = kept[lesson].rstrip() + "\n\nEleven registers [@our-count].\n"
    kept["facts.yaml"] = yaml.safe_dump(yaml.safe_load(kept["facts.yaml"]) + yaml.safe_load(OWN))
    draft = own(kept, shipped())
    assert [one["id"] for one in yaml.safe_load(draft["facts.yaml"])] == ["our-count"]
    again = bundle_of(whole(draft, shipped()), SLUG)
    assert "our-count" in {one["id"] for one in yaml.safe_load(again["facts.yaml"])}
    assert bundle_of(whole(own(again, shipped()), shipped()), SLUG) == again


def test_a_shipped_record_cannot_be_told_otherwise_in_a_draft():
    first = yaml.safe_load(shipped()["facts.yaml"])[0]
    with pytest.raises(ContentError, match="shipped with the program") as told:
        whole({"facts.yaml": yaml.safe_dump([{**first, "statement": "Otherwise."}])}, shipped())
    assert told.value.problems[0].file == "facts.yaml"
    same = whole({"facts.yaml": yaml.safe_dump([first])}, shipped())
    assert len(yaml.safe_load(same["facts.yaml"])) == len(yaml.safe_load(shipped()["facts.yaml"]))
