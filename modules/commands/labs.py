"""Labs: which there are, where they are used, and one played by its own solutions."""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer

from modules.commands.ending import plainly
from modules.commands.options import Json
from modules.course.uses import Use, lab_uses
from modules.labs import LABS, libraries
from modules.settings import settings

lab = typer.Typer(no_args_is_help=True, help="Labs: list them, play one by its own solutions.")


class Strategy(StrEnum):
    """How a lab is played: as it should be, or as somebody would who did not think."""

    solve = "solve"
    naive = "naive"


@lab.command("list")
def lab_list(as_json: Json = False) -> None:
    """Every lab with its modules, the version of its grader, and the libraries it needs."""
    with plainly():
        uses = lab_uses(settings().content)
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "modules": [placed(use) for use in uses if use.lab.name == name],
            "title": next((use.lab.options.title for use in uses if use.lab.name == name), ""),
            "version": one.VERSION,
            "libraries": _versions(one.LIBRARIES),
        }
        for name, one in sorted(LABS.items())
    ]
    if as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for one in found:
        needs = ", ".join(f"{name} {number}" for name, number in one["libraries"].items())
        typer.echo(
            f"{one['name']:<22} {', '.join(one['modules']) or 'in no module':<14} "
            f"grader {one['version']}  {needs or 'no libraries'}"
        )


@lab.command("run")
def lab_run(
    name: str,
    seed: Annotated[str, typer.Option(help="Any text; the same seed gives the same lab.")] = "1",
    strategy: Annotated[str, typer.Option(help="solve or naive.")] = Strategy.solve.value,
    module: Annotated[str, typer.Option(help="Whose options, if several modules use it.")] = "",
    as_json: Json = False,
) -> None:
    """Play a lab by its own solution and grade it as a learner's would be.

    Ends with 0 when it was played, passed or not; 1 where a library is missing; 2 for a name or
    strategy that there is not.
    """
    with plainly():
        uses = lab_uses(settings().content)
    _known(name, list(LABS), "lab")
    _known(strategy, [one.value for one in Strategy], "strategy")
    named = [use for use in uses if use.lab.name == name]
    if not named:
        _refuse(f"No module uses the lab {name} yet, so there are no options to run it with.")
    if module:
        _known(module, [use.module for use in named], "module with this lab")
    use = next(use for use in named if module in ("", use.module))
    if lost := libraries.missing(LABS[name].LIBRARIES):
        typer.echo(f"The lab {name} needs {lost}, which cannot be imported here.", err=True)
        raise typer.Exit(1)
    told = played(use, seed, Strategy(strategy))
    if as_json:
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        typer.echo(
            f"{name} ({told['module']}), seed {seed}, {strategy}: "
            f"{'passed' if told['passed'] else 'not passed'}, score {told['score']:.2f}, "
            f"{told['ms']:.0f} ms, {told['memory_mb']:.0f} MB"
        )
        for check in told["checks"]:
            if not check["passed"]:
                typer.echo(f"  {check['key']}: {check['said']}")


def played(use: Use, seed: str, strategy: Strategy) -> dict[str, Any]:
    """One run: begun, solved, kept, loaded again and graded, as a page and a record would do it.

    ``ms`` is the time of all that, ``grade_ms`` that of loading and grading alone, in
    milliseconds of wall clock. ``memory_mb`` is the most that the process ever had, in MB.
    """
    one, options = LABS[use.lab.name], use.lab.options
    began = time.perf_counter()
    start = one.start(options, seed)
    body = json.loads(json.dumps(one.dump(getattr(one, strategy.value)(start))))
    handed_in = time.perf_counter()
    state = one.load(options, seed, body)
    grade, checks = one.grade(state), one.checks(state)
    ended = time.perf_counter()
    return {
        "lab": use.lab.name,
        "module": placed(use),
        "seed": seed,
        "strategy": strategy.value,
        "passed": grade.right,
        "score": grade.score,
        "tags": list(grade.tags),
        "grader": grade.version,
        "checks": [asdict(check) | {"said": options.hints[check.hint]} for check in checks],
        "ms": (ended - began) * 1000,
        "grade_ms": (ended - handed_in) * 1000,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _TO_MB,
    }


# Linux counts in kilobytes, macOS in bytes.
_TO_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


def placed(use: Use) -> str:
    """Where a lab is used: M01, or M10/lab-2 for the second one of a module."""
    return use.module if use.file == "lab" else f"{use.module}/{use.file}"


def _versions(needed: tuple[str, ...]) -> dict[str, str]:
    """Versions by library, once for all the parts of it that a lab needs; ours have none."""
    found: dict[str, str] = {}
    for name in needed:
        library = name.partition(".")[0]
        if library != "modules" and found.get(library) != "missing":
            found[library] = _version(name)
    return found


def _version(library: str) -> str:
    """The version of the package that a module comes from; "missing" if it is not there."""
    if libraries.missing([library]):
        return "missing"
    name = library.partition(".")[0]
    try:
        return version({"psi": "openmined-psi", "sklearn": "scikit-learn"}.get(name, name))
    except PackageNotFoundError:
        return str(getattr(libraries.need(name), "__version__", "unknown"))


def _known(given: str, known: list[str], what: str) -> None:
    if given not in known:
        _refuse(f"There is no {what} “{given}”. There are: {', '.join(known)}.")


def _refuse(sentence: str) -> None:
    """One sentence on stderr, and exit code 2: the command was not understood."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
