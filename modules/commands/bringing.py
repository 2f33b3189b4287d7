"""Questions from other systems: looked at, and kept in a draft only when that is asked for."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError

from db.engine import reading, writing
from modules.access import by_email
from modules.author import bringing
from modules.author.bringing import DIFFICULTIES, Found, Target, Wish
from modules.basics import BadInput, Denied
from modules.commands.ending import fits, told
from modules.commands.options import Json
from modules.days import now
from modules.exchange.items import telling
from modules.exchange.items.brought import Bank
from modules.exchange.items.formats import LARGEST, known, read

REFUSED = "Nothing was kept: a question was refused. Mend it, or add --understood-only."


@dataclass(frozen=True)
class Into:
    """Where understood questions go, whose rights apply, and what becomes of them there."""

    draft: str
    who: str
    objective: str
    difficulty: int
    partly: bool


def import_(
    file: Annotated[Path, typer.Argument(help="The file.", show_default=False)],
    format: Annotated[
        str, typer.Option("--format", help=f"The format, where it cannot be told. {known()}")
    ] = "",
    as_json: Json = False,
    into: Annotated[
        str, typer.Option("--into", help="Keep all in this open draft: its id, or its module’s.")
    ] = "",
    who: Annotated[
        str, typer.Option("--by", help="The address of the trainer whose step it is; with --into.")
    ] = "",
    objective: Annotated[
        str, typer.Option("--objective", help="Theirs, where the module has several; with --into.")
    ] = "",
    difficulty: Annotated[
        int, typer.Option("--difficulty", help="1, 2 or 3; with --into.")
    ] = DIFFICULTIES[1],
    partly: Annotated[
        bool,
        typer.Option("--understood-only", help="Keep the others though a question is refused."),
    ] = False,
) -> None:
    """Say of each question in a file what was understood, what was not, and why.

    Nothing is kept without --into; with it, all questions as one step of the draft, or none.
    Exit 0 when all was understood, 1 when a question was refused, 2 when the file or the draft
    does not serve.
    """
    try:
        wanted = _wanted(into, who, objective, difficulty, partly)
        # What a library prints of a stranger's file is no part of the answer.
        with redirect_stdout(sys.stderr):
            bank = read(_bytes(file), file.name, format or None)
    except BadInput as error:
        _failed(file, {"file": file.name}, str(error), as_json)
    made = telling.as_json(bank, file.name)
    lines = list(telling.lines(bank))
    if wanted:
        made["kept"] = None
        try:
            if bank.refused and not partly:
                lines.append(REFUSED)
            else:
                made["kept"], line = _kept(bank, file.name, wanted)
                lines.append(line)
        except (BadInput, Denied, SQLAlchemyError) as error:
            why = told(error) if isinstance(error, SQLAlchemyError) else str(error)
            if isinstance(error, Denied):
                why = f"Refused: this person has no right to it ({error})."
            _failed(file, made, f"{why} Nothing was kept.", as_json)
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        for line in lines:
            typer.echo(line)
    if bank.refused:
        raise typer.Exit(1)


def _wanted(draft: str, who: str, objective: str, difficulty: int, partly: bool) -> Into | None:
    if draft and who:
        return Into(draft, who, objective, difficulty, partly)
    if draft:
        raise BadInput("Whose draft step is it? Add --by with the address of a trainer.")
    if who or objective or partly or difficulty != DIFFICULTIES[1]:
        raise BadInput("Nothing is kept without a draft: add --into, or leave the others out.")
    return None


def _kept(bank: Bank, name: str, wanted: Into) -> tuple[dict[str, Any], str]:
    """Keep every item in one step; gives what is told of it. Raises BadInput, and keeps nothing."""
    if not bank.items:
        raise BadInput("No question was understood.")
    with reading() as session:
        fits(session)
        viewer = by_email(session, email=wanted.who, now=now())
    with writing() as session:
        target = _target(bringing.targets(session, viewer), wanted)
        objective = _objective(target, wanted)
        wish = Wish(
            questions=dict.fromkeys(range(len(bank.items)), objective),
            difficulty=wanted.difficulty,
        )
        found = Found(bank, bank.format, file=name, pictures=bank.pictures)
        assert target.id is not None
        kept = bringing.bring(session, viewer, id=target.id, found=found, wish=wish, now=now())
    ids = list(kept.questions)
    which = f"{ids[0]} to {ids[-1]} wait" if len(ids) > 1 else f"{ids[0]} waits"
    page = f"/edit?draft={target.id}&part=item/{ids[0]}"
    return (
        {"draft": str(target.id), "module": target.module, "questions": ids},
        f"{which} in the reserve of {target.module} · {target.title}: {page}",
    )


def _target(targets: tuple[Target, ...], wanted: Into) -> Target:
    for one in targets:
        if wanted.draft.casefold() in (str(one.id), one.module.casefold()):
            return one
    known = ", ".join(f"{one.module} “{one.title}”" for one in targets) or "none"
    raise BadInput(f"There is no open draft “{wanted.draft}”. Open are: {known}.")


def _objective(target: Target, wanted: Into) -> str:
    if wanted.objective:
        return wanted.objective
    if len(target.objectives) > 1:
        names = "; ".join(f"{id} “{text}”" for id, text in target.objectives.items())
        raise BadInput(f"Which objective are they for? Add --objective, one of: {names}.")
    return next(iter(target.objectives))


def _failed(file: Path, made: dict[str, Any], why: str, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({**made, "error": why}, ensure_ascii=False, allow_nan=False))
    typer.echo(f"{file.name}: {why}", err=True)
    raise typer.Exit(2) from None


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise BadInput("There is no such file.")
    if (size := file.stat().st_size) > LARGEST:
        raise BadInput(f"It has {size >> 20} MB; at most {LARGEST >> 20} MB are read. Part it.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"It cannot be read: {error.strerror}.") from error
