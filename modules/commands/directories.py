"""The directories that may write people here: made, listed and revoked by the operator."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from db import people, scim_clients
from db.engine import reading, writing
from db.scim_clients import LONGEST_DAYS, SCOPES
from db.tables import Organisation as Body
from modules.admin.directory import free
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.evidence import ways

scim = typer.Typer(no_args_is_help=True, help="The directories that may write people here.")
client = typer.Typer(no_args_is_help=True, help="A directory's token: add, list, revoke.")
scim.add_typer(client, name="client")

Organisation = Annotated[str, typer.Option(help="The organisation, by its name.")]


@client.command()
def add(
    name: Annotated[str, typer.Argument(help="What it is called, such as “Entra ID”.")],
    organisation: Organisation,
    scopes: Annotated[str, typer.Option(help="What it may do, parted by commas.")] = ",".join(
        SCOPES
    ),
    days: Annotated[int, typer.Option(help="For how many days.", min=1, max=LONGEST_DAYS)] = 365,
) -> None:
    """Let a directory in: its token is printed this once, and kept nowhere."""
    with plainly():
        asked = [one.strip() for one in scopes.replace(",", " ").split()]
        if not asked or set(asked) - set(SCOPES):
            raise BadInput(f"Scopes are some of {', '.join(SCOPES)}.")
        with writing() as session:
            fits(session)
            body, at = named(session, organisation), now()
            called = free(session, org_id=body.id, name=name, now=at)
            made, token = scim_clients.add(
                session, org_id=body.id, name=called, scopes=asked, days=days, now=at
            )
            until = (at + timedelta(days=days)).astimezone(ZoneInfo(body.zone)).date()
            ways.connected(
                session,
                org_id=body.id,
                client=made,
                scopes=asked,
                until=until,
                by=None,
                by_name="",
                now=at,
            )
    typer.echo(f"Client {made}. Its token, shown this once:", err=True)
    typer.echo(token)


@client.command("list")
def list_(organisation: Organisation, as_json: Json = False) -> None:
    """List an organisation's directories, without their tokens."""
    with plainly(), reading() as session:
        fits(session)
        found = scim_clients.listed(session, org_id=named(session, organisation).id)
    if as_json:
        rows = [
            {
                "id": str(one.id),
                "name": one.name,
                "scopes": list(one.scopes),
                "works": one.works(now()),
                "expires": one.expires_at.isoformat(),
                "used_on": one.used_on and one.used_on.isoformat(),
            }
            for one in found
        ]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for one in found:
        state = "works" if one.works(now()) else "revoked" if one.revoked_at else "expired"
        used = f"used {one.used_on:%Y-%m-%d}" if one.used_on else "never used"
        until = f"until {one.expires_at:%Y-%m-%d}"
        typer.echo(f"{one.id}  {state:8} {until}  {used:15} {one.name}  ({' '.join(one.scopes)})")


@client.command()
def revoke(id: Annotated[uuid.UUID, typer.Argument(help="The client's id, see list.")]) -> None:
    """Take a directory's token no more, at once."""
    with plainly(), writing() as session:
        fits(session)
        org_id = scim_clients.revoke(session, org_id=None, id=id, now=now())
        if org_id is None:
            raise BadInput(f"There is no client {id}, or it was revoked before.")
        ways.disconnected(session, org_id=org_id, client=id, by=None, by_name="", now=now())
    typer.echo("Revoked. Its next request is refused.")


def named(session: Session, organisation: str) -> Body:
    """An organisation by its name. Raises `BadInput` for a name that none has."""
    found = people.organisations(session)
    same = [one for one in found if one.name.casefold() == organisation.strip().casefold()]
    if len(same) != 1:
        names = ", ".join(one.name for one in found)
        raise BadInput(f"No organisation is called “{organisation}”. There is: {names}.")
    return same[0]
