"""What is held on people: the register, one person's export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from db import personal
from db.engine import reading
from db.tables import Organisation, Person
from modules import words
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.learn import own_export, record_pdf
from modules.personal import export as exports
from modules.personal import register as entries
from modules.shell.session import now

person = typer.Typer(no_args_is_help=True, help="One person: what is held on her.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="Her e-mail address.")]
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
        zone, language = body.zone, body.language
    match as_format:
        case Format.JSON:
            data = exports.as_text(made).encode()
        case Format.CSV:
            data = exports.as_zip(made)
        case Format.PDF:
            data = record_pdf.pdf(made, zone, words.of(language))
    out.write_bytes(data)
    rows = sum(len(one.rows) for one in made.parts)
    typer.echo(f"{rows} rows in {out}. Hand the file to nobody but her.")
