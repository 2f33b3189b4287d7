"""What the program is made of: every locked package with its hashes, as CycloneDX 1.6."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from modules import __version__
from modules.settings import ROOT
from tests.licences import licence

DEVELOPMENT = "requirements-dev.txt"


def pinned(name: str) -> set[str]:
    """The packages that a requirements file names, without their extras."""
    text = (ROOT / name).read_text("utf-8")
    return {
        re.sub(r"[-_.]+", "-", one).lower()
        for one in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)
    }


def components() -> list[Component]:
    """The locked packages, in the lock's order."""
    text = (ROOT / "constraints.txt").read_text("utf-8")
    tests = pinned(DEVELOPMENT)
    found = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        head = re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)", block)
        if head is None:
            continue
        name, version = head.groups()
        says = licence(name)
        hashes = [
            HashType(alg=HashAlgorithm.SHA_256, content=one)
            for one in re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
        ]
        found.append(
            Component(
                name=name,
                version=version,
                type=ComponentType.LIBRARY,
                bom_ref=f"{name}=={version}",
                purl=PackageURL("pypi", None, name, version),
                licenses=[DisjunctiveLicense(name=says)] if says else [],
                scope=ComponentScope.EXCLUDED if name in tests else ComponentScope.REQUIRED,
                hashes=hashes,
            )
        )
    return found


def bom() -> str:
    """The bill of materials as JSON."""
    made = Bom(components=components())
    made.metadata.component = Component(
        name="steward", version=__version__, type=ComponentType.APPLICATION, bom_ref="steward"
    )
    made.register_dependency(made.metadata.component, list(made.components))
    return str(JsonV1Dot6(made).output_as_string(indent=2))


def main(to: Path) -> None:
    """Write it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(bom(), "utf-8")
    print(f"{len(components())} components in {to}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
