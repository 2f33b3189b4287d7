"""What the program is made of: locked with hashes, under licences that allow it, all listed."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from modules.settings import ROOT
from tests import licences, sbom
from tests.licences import Locked, locked

PACKAGES = locked()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one.name)
def test_every_locked_package_has_a_licence_that_allows_its_use(package):
    assert package.reason, f"{package.name} says {package.licence!r}: allow it with a reason"


@pytest.mark.parametrize(
    "said", ["GPL-3.0-only", "AGPL-3.0", "MIT AND GPL-2.0", "Proprietary", "", "BUSL-1.1", "Other"]
)
def test_a_licence_that_binds_the_whole_program_or_none_at_all_is_refused(said):
    assert not Locked("anything", "1", said).reason


def test_no_reason_is_given_for_what_is_not_locked():
    assert set(licences.REASONS) <= {one.name for one in PACKAGES}


def test_every_locked_package_is_held_to_hashes():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "constraints.txt").read_text("utf-8"))
    packages = [one for one in blocks if re.match(r"[A-Za-z0-9_.-]+==", one)]
    assert len(packages) == len(PACKAGES)
    assert all("--hash=sha256:" in one for one in packages)


def test_the_bill_of_materials_lists_every_locked_package_and_is_cyclonedx():
    text = sbom.bom()
    made = json.loads(text)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    told = {(one["name"], one["version"]) for one in made["components"]}
    assert told == {(one.name, one.version) for one in PACKAGES}
    assert all(one["purl"].startswith("pkg:pypi/") for one in made["components"])
    assert all(one["hashes"] for one in made["components"])
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert trouble is None, trouble


def test_a_bill_of_materials_that_is_none_is_found():
    made = json.loads(sbom.bom())
    made["components"][0]["type"] = "nothing"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made))


def test_what_tests_need_is_told_apart_from_what_runs():
    scopes = {one["name"]: one["scope"] for one in json.loads(sbom.bom())["components"]}
    assert scopes["streamlit"] == "required"
    assert scopes["pytest"] == "excluded"
