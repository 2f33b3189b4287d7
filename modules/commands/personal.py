"""What is held on people: the register, one person's export and erasure."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from db import personal, scrubbing
from db.engine import engine, reading, writing
from db.tables import Organisation, Person
from modules import words
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.learn import keeping, own_export, record_pdf
from modules.personal import erasure
from modules.personal import export as exports
from modules.personal import register as entries
from modules.personal import retention as periods

person = typer.Typer(no_args_is_help=True, help="One person: what is held on her.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The e-mail address.")]
Body = Annotated[
    str, typer.Option("--organisation", help="Which one, where several have this address.")
]


class Format(StrEnum):
    """How an export is written."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


def register() -> None:
    """Print the register of personal columns, as docs/register.md has it."""
    typer.echo(entries.document(), nl=False)


def somebody(session: Session, email: str, organisation: str) -> tuple[Organisation, Person]:
    """Who has this address, also when she has left. Raises BadInput unless it is one person."""
    found = personal.found(session, email=email)
    if organisation:
        found = [one for one in found if one[0].name == organisation]
    if not found:
        raise BadInput(f"Nobody here has the address {email}. Check the spelling.")
    if len(found) > 1:
        names = ", ".join(f"“{one.name}”" for one, _ in found)
        raise BadInput(f"{email} belongs to several organisations: {names}. Add --organisation.")
    return found[0]


@person.command("export")
def person_export(
    email: Email,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    organisation: Body = "",
    as_format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.JSON,
) -> None:
    """Write everything that is held on one person, and nothing of anybody else's."""
    with plainly(), reading() as session:
        fits(session)
        body, who = somebody(session, email, organisation)
        made = own_export.export_of(
            session, org_id=body.id, person_id=who.id, organisation=body.name, now=now()
        )
        answers = own_export.answers_of(session, org_id=body.id, person_id=who.id)
        zone, language = body.zone, body.language
    match as_format:
        case Format.JSON:
            data = exports.as_text(made).encode()
        case Format.CSV:
            data = exports.as_zip(made)
        case Format.PDF:
            data = record_pdf.pdf(made, zone, words.of(language), answers)
    with plainly():
        _keep(out, data)
    rows = sum(len(one.rows) for one in made.parts)
    typer.echo(f"{rows} rows in {out}. Hand the file to nobody else.")


@person.command("erase")
def person_erase(
    email: Email,
    organisation: Body = "",
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Say what would happen, and change nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Erase one person: what identifies her goes, sums stay. It cannot be undone."""
    moment = now()
    with plainly():
        with writing() as session:
            fits(session)
            body, who = somebody(session, email, organisation)
            done = erasure.erase(
                session,
                org_id=body.id,
                person_id=who.id,
                today=_today(body, moment),
                now=moment,
            )
            if rehearse:
                session.rollback()
        whole = rehearse or scrubbing.scrub(engine(), erasure.tables())
    if as_json:
        typer.echo(json.dumps(erasure.as_json(done), indent=1))
    else:
        typer.echo("Rehearsed, nothing was changed." if rehearse else "Erased.")
        for kind, parts in erasure.as_json(done).items():
            if isinstance(parts, dict):
                rows = ", ".join(f"{name} {number}" for name, number in parts.items())
                typer.echo(f"{kind.replace('_', ' ')}: {rows or 'nothing'}")
    if done.namesakes:
        typer.echo("Somebody else has the same name, so it stays in what others typed.", err=True)
    if not whole:
        typer.echo(
            "Free space in the database’s file is not overwritten yet: run it again when nobody "
            "works, with `python -m modules scrub`.",
            err=True,
        )


def retention(
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Say what would happen, and change nothing.")
    ] = False,
    at: Annotated[
        str, typer.Option("--now", help="As if it were this moment: 2027-01-31T12:00+00:00.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Delete or unlink what is older than it may be. Run twice, the second time finds nothing."""
    with plainly():
        begins = moment(at)
        if begins > now() and not rehearse:
            raise BadInput("What is not old yet cannot be deleted: --now in the future rehearses.")
        with writing() as session:
            fits(session)
            done = keeping.rehearse(session, now=begins)
            if rehearse:
                session.rollback()
        if not rehearse:
            scrubbing.scrub(engine(), erasure.tables(), most=2**63 if any(done.values()) else 0)
    if as_json:
        typer.echo(json.dumps({"rehearsed": rehearse, "rows": done}, indent=1))
        return
    typer.echo("Rehearsed, nothing was changed." if rehearse else "Done.")
    for kind, number in done.items():
        typer.echo(f"{kind:10} {number:8}  {periods.told(kind)}")


def moment(typed: str) -> datetime:
    """The moment that was typed; this one for nothing. Raises BadInput for one without a zone."""
    if not typed:
        return now()
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        raise BadInput(f"“{typed}” is no moment: write 2027-01-31T12:00+00:00.") from None
    if found.tzinfo is None:
        raise BadInput(f"“{typed}” has no zone: write {typed}+00:00.")
    return found


def scrub() -> None:
    """Overwrite what deletions left in the database’s files."""
    with plainly():
        with reading() as session:
            fits(session)
        done = scrubbing.scrub(engine(), erasure.tables(), most=2**63)
    typer.echo("Done." if done else "Somebody is reading: the log is emptied next time.")


def _keep(out: Path, data: bytes) -> None:
    """Write a file that its owner alone can read. Raises BadInput when that cannot be."""
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.") from error


def _today(body: Organisation, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(body.zone)).date()
