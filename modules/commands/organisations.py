"""Organisations: founded, and listed."""

from __future__ import annotations

import json
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import typer

from db import accounts, founding, people
from db.engine import reading, writing
from modules import publishing, words
from modules.basics import LAWS, NEUTRAL, BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.settings import settings

organisation = typer.Typer(no_args_is_help=True, help="Found organisations and list them.")


@organisation.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Its name, as its people know it.")],
    zone: Annotated[str, typer.Option(help="Its time zone.")] = "Europe/London",
    language: Annotated[str, typer.Option(help="Its language.")] = "en",
    jurisdiction: Annotated[
        str, typer.Option(help="The law whose notes its people read: neutral, eu or uk.")
    ] = NEUTRAL,
) -> None:
    """Found an organisation, with its root unit and the shipped lessons."""
    with plainly(), writing() as session:
        fits(session)
        name = " ".join(name.split())
        if not name or len(name) > 200:
            raise BadInput("The name of an organisation has 1 to 200 characters.")
        if zone not in available_timezones():
            raise BadInput(f"“{zone}” is no time zone. Write it like Europe/London.")
        if language not in (known := sorted(words.load(words.CONTENT))):
            raise BadInput(f"“{language}” is no language here: {', '.join(known)}.")
        if jurisdiction not in (NEUTRAL, *LAWS):
            raise BadInput(f"“{jurisdiction}” is none of {', '.join((NEUTRAL, *LAWS))}.")
        if founding.by_name(session, name=name):
            raise BadInput(f"There is an organisation called “{name}” already.")
        org_id = founding.add(
            session,
            name=name,
            zone=zone,
            language=language,
            jurisdiction=jurisdiction,
            day=now().astimezone(ZoneInfo(zone)).date(),
            now=now(),
        )
        publishing.sync(session, org_id=org_id, root=settings().content, now=now())
    typer.echo(f"Founded “{name}”. Its first administrator: administrator add EMAIL --name NAME")


@organisation.command("list")
def list_(as_json: Json = False) -> None:
    """Every organisation: people, accounts, whether it is invented."""
    with plainly(), reading() as session:
        fits(session)
        found = [
            {
                "name": one.name,
                "zone": one.zone,
                "language": one.language,
                "jurisdiction": one.jurisdiction,
                "invented": one.invented,
                "people": len(
                    people.listing(
                        session,
                        org_id=one.id,
                        day=now().astimezone(ZoneInfo(one.zone)).date(),
                    )
                ),
                "passphrases": accounts.chosen(session, org_id=one.id),
            }
            for one in people.organisations(session)
        ]
    if as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for one in found:
        kind = "invented" if one["invented"] else "real"
        typer.echo(
            f"{one['name']}  {kind}, {one['people']} people, {one['passphrases']} pass-phrases, "
            f"{one['zone']}, {one['language']}, {one['jurisdiction']}"
        )
