"""Tests by the measure they show, read from their source; and how they ended, if they were run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from modules.basics import BadInput
from modules.settings import ROOT
from modules.trust.measures import MEASURES, Measure

TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Ran:
    """Outcomes by (file's stem, test's name), as a run of pytest wrote them with --junitxml."""

    on: str
    ended: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Test:
    """One test: where it is, and its name as a sentence."""

    file: str
    name: str

    @property
    def sentence(self) -> str:
        """What it says."""
        told = self.name.removeprefix("test_").replace("_", " ")
        return told[:1].upper() + told[1:]


def files(measure: Measure) -> list[Path]:
    """The files of tests that show a measure; none where tests are not shipped with the program."""
    return [path for pattern in measure.shown for path in sorted(TESTS.glob(pattern))]


@cache
def tests(path: Path) -> tuple[Test, ...]:
    """The tests in a file, in its order."""
    where = path.relative_to(ROOT).as_posix()
    return tuple(
        Test(where, node.name)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def outcomes(path: Path) -> Ran:
    """How tests ended, from a file that `pytest --junitxml FILE` wrote. Raises BadInput."""
    from defusedxml import ElementTree

    try:
        suite = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise BadInput(f"{path} is no results file of pytest --junitxml: {error}") from error
    first = next(iter(suite.iter("testsuite")), suite)
    ended: dict[tuple[str, str], str] = {}
    for case in suite.iter("testcase"):
        kinds = {child.tag for child in case}
        how = "failed" if kinds & {"failure", "error"} else "passed"
        how = "skipped" if "skipped" in kinds else how
        name = case.get("name", "").partition("[")[0]
        key = (case.get("classname", "").rpartition(".")[2], name)
        ended[key] = max(ended.get(key, "passed"), how, key=["passed", "skipped", "failed"].index)
    return Ran(first.get("timestamp", "")[:10], ended)


def document(ran: Ran | None) -> str:
    """Every measure with its tests, as Markdown."""
    out = []
    for measure in MEASURES:
        out.append(f"## {measure.against}\n\n{measure.told}\n")
        for path in files(measure):
            out.append(f"`{path.relative_to(ROOT).as_posix()}`\n")
            for one in tests(path):
                how = ran.ended.get((path.stem, one.name), "not run") if ran else ""
                out.append(f"- {one.sentence}.{f' **{how}**' if how else ''}")
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def summary(ran: Ran | None) -> str:
    """Whether they were run, in a sentence or two."""
    if not TESTS.is_dir():
        return "The tests are not on this machine; they are in the source of this release."
    every = {(path.stem, one.name) for m in MEASURES for path in files(m) for one in tests(path)}
    if ran is None:
        return (
            f"{len(every)} tests. They were not run for this pack. To have their results in it: "
            "`pytest --junitxml results.xml`, then `trust-pack --results results.xml`."
        )
    counts = [ran.ended.get(one, "not run") for one in every]
    told = ", ".join(f"{counts.count(how)} {how}" for how in ("passed", "failed", "skipped"))
    return f"{len(every)} tests, run on {ran.on}: {told}, {counts.count('not run')} not run."
