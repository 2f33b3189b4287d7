"""Licences of every locked package, read from the installed packages: allowed, or why so."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import metadata

from modules.settings import ROOT

# What anybody may use, change and pass on beside MIT code, with a notice at most.
FREE = re.compile(
    r"""^(?:apache([ -]software)?([ -]licen[cs]e)?[ ,-]*(version[ ])?(2(\.0)?)?
    |(0|2-clause[ ]|3-clause[ ]|new[ ])?bsd([ -]([023]|2-clause|3-clause))?([ ]licen[cs]e)?
    |mit([ ]licen[cs]e)?|mit-0|mit-cmu|isc([ ]licen[cs]e)?([ ]\(iscl\))?|zlib|cc0-1\.0|0bsd
    |psf-2\.0|python[ ]software[ ]foundation[ ]licen[cs]e|public[ ]domain|dfsg[ ]approved
    |the[ ]unlicen[cs]e([ ]\(unlicense\))?)$""",
    re.IGNORECASE | re.VERBOSE,
)
# Free as well, with a duty towards their own files only: we change none of them.
OF_FILES = re.compile(r"^(mpl-2\.0|mozilla public license 2\.0 \(mpl 2\.0\))$", re.IGNORECASE)
# The rest, each with its reason.
REASONS = {
    "psycopg": "LGPL-3.0: used as a library, unchanged, and replaceable by who runs Steward",
    "psycopg-binary": "LGPL-3.0: the same library, compiled",
    "psycopg-pool": "LGPL-3.0: the same project",
    "pyphen": "GPL-2.0+, LGPL-2.1+ or MPL-1.1, as its user chooses: we take MPL-1.1",
    "axe-playwright-python": "names none; its file says MIT, axe-core in it is MPL-2.0; tests only",
    "docutils": "public domain, some files BSD; its one GPL file is an editor’s; tests only",
    "httpx2-jsfetch": "for browsers that run Python, so not installed here; tests only",
    "pydanclick": "names none; its file says MIT; tests only",
    "brotlicffi": "not on CPython, so not installed here; MIT",
}


@dataclass(frozen=True)
class Locked:
    """A package of the lock, and the licence that its own metadata names."""

    name: str
    version: str
    licence: str

    @property
    def reason(self) -> str:
        """Why it may be used; "" when nothing allows it."""
        if self.name in REASONS:
            return REASONS[self.name]
        parts = [one.strip() for one in re.split(r" AND | OR | & ", self.licence)]
        # A heading among the classifiers, and no licence.
        parts = [one for one in parts if one != "OSI Approved"]
        if parts and all(FREE.match(one) for one in parts):
            return "free"
        mixed = all(FREE.match(one) or OF_FILES.match(one) for one in parts)
        return "free, its own files stay so" if parts and mixed else ""


def licence(name: str) -> str:
    """What an installed package says of itself: an SPDX expression, else classifiers, else text."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := found.get("License-Expression"):
        return str(expression)
    told = [
        one.split("::")[-1].strip()
        for one in found.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    text = str(found.get("License") or "").strip().split("\n")[0]
    return " & ".join(sorted(set(told))) or text


def locked() -> list[Locked]:
    """Every package of `constraints.txt`."""
    text = (ROOT / "constraints.txt").read_text("utf-8")
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return [Locked(name, version, licence(name)) for name, version in found]


def main() -> int:
    """Print each; end with 1 when one is not allowed."""
    packages = locked()
    for one in packages:
        print(f"{one.name}=={one.version}  {one.licence or '(none named)'}  {one.reason or '!'}")
    refused = [one.name for one in packages if not one.reason]
    print(f"{len(packages)} packages, not allowed: {', '.join(refused) or 'none'}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
