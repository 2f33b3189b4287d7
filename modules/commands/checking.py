"""The content check, as a command."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from modules import words
from modules.basics import Problem
from modules.commands.options import Json
from modules.course.check import problems, remembered
from modules.days import now
from modules.settings import ROOT, settings

REMEMBERED = ROOT / "var" / "passed"


def check(
    as_json: Json = False,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough",
            help="Check again what passed before, as it is now: every lab, every word.",
        ),
    ] = False,
) -> None:
    """Say what is wrong in content/, each with its place and what to do."""
    root = settings().content
    remembering = contextlib.nullcontext() if thorough else remembered.remembering(REMEMBERED)
    with remembering, _uncollected():
        found = problems(root, now().date()) + _missing_words(root)
    stops = [one for one in found if one.stops]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(f"{'stop' if one.stops else 'tip '}  {one}")
        typer.echo(f"{len(stops)} to mend, {len(found) - len(stops)} tips.")
    if stops:
        raise typer.Exit(1)


def _missing_words(root: Path) -> list[Problem]:
    """All code is taken apart for the words that it asks for; not again while none is missing."""
    files = sorted((root / "words").glob("*.yaml"))
    texts = [f"{path.name}\0{path.read_text('utf-8', 'replace')}" for path in files]
    if remembered.passed("words", *texts):
        return []
    found = words.missing_keys(root, ROOT / "modules")
    if not found:
        remembered.remember("words", *texts)
    return found


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: of what the check makes, nearly all is kept to its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
