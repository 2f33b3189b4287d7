"""First administrators, links to choose a pass-phrase by, and ends of sign-ins."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from db import accounts, founding, grants, one_time, second_factors, sign_ins, whois
from db.engine import writing
from modules import enrolling
from modules.access import Role
from modules.basics import BadInput
from modules.commands.bodies import Body, chosen
from modules.commands.bodies import person as person_of
from modules.commands.ending import fits, plainly
from modules.days import now
from modules.evidence import rights, ways
from modules.evidence.ways import Whose
from modules.identity import links, signing
from modules.post import mail

administrator = typer.Typer(no_args_is_help=True, help="Make somebody administrator.")
account = typer.Typer(
    no_args_is_help=True, help="Links to choose a pass-phrase by, and ends of sign-ins."
)

Email = Annotated[str, typer.Argument(help="An e-mail address.")]


@administrator.command("add")
def add_administrator(
    email: Email,
    name: Annotated[str, typer.Option(help="The full name; needed for somebody new.")] = "",
    of: Body = "",
) -> None:
    """Make somebody administrator of an organisation, and give the link to choose a pass-phrase."""
    with plainly():
        email = email.strip().casefold()
        if email.count("@") != 1 or not all(email.split("@")) or any(map(str.isspace, email)):
            raise BadInput(f"“{email}” is no e-mail address.")
        with writing() as session:
            fits(session)
            body = chosen(session, of)
            day = now().astimezone(ZoneInfo(body.zone)).date()
            found = founding.person(session, org_id=body.id, email=email)
            if found and found.left_on is not None and found.left_on <= day:
                raise BadInput(f"{email} has left {body.name}. Bring her back first.")
            if found is None and not name.strip():
                raise BadInput(f"Nobody has the address {email} yet. Say who it is: --name NAME")
            root = founding.root(session, org_id=body.id, name=body.name, day=day)
            person_id = (
                found.id
                if found
                else founding.hire(
                    session,
                    org_id=body.id,
                    email=email,
                    name=" ".join(name.split()),
                    unit_id=root,
                    day=day,
                    now=now(),
                )
            )
            person = whois.by_id(session, org_id=body.id, person_id=person_id, now=now())
            if person is None:
                raise BadInput(f"{email} does not work for {body.name} yet.")
            _give(session, person, day)
            link = links.make(session, person, purpose=links.INVITE, now=now())
        typer.echo(f"{person.name} is administrator of {body.name}.")
        _hand_over(person, link, links.INVITE)


def _give(session: Session, person: whois.Known, day: date) -> None:
    """Give the role for the whole organisation, and enter it in the evidence if it is new."""
    role = Role.ADMINISTRATOR.value
    org_id, person_id = person.org_id, person.person_id
    held = any(one.role == role and one.unit_id is None for one in person.grants)
    grants.give(session, org_id=org_id, person_id=person_id, role=role, now=now(), day=day)
    enrolling.refresh(session, org_id=org_id, now=now(), person_ids=[person_id])
    if not held:
        right = rights.Right(org_id, person_id, person.name, person.email, role)
        rights.given(session, right, by=None, by_name="", now=now())


@account.command("invite")
def invite(email: Email, of: Body = "") -> None:
    """Send somebody a link to choose a first pass-phrase by, good for seven days."""
    _link(email, of, links.INVITE, second=False)


@account.command("reset")
def reset(
    email: Email,
    of: Body = "",
    second_factor: Annotated[
        bool,
        typer.Option(
            "--second-factor",
            help="It is lost: remove it, with the old pass-phrase and every sign-in.",
        ),
    ] = False,
) -> None:
    """Send somebody a link to choose another pass-phrase by, good for one hour."""
    _link(email, of, links.RESET, second=second_factor)


@account.command("sign-out")
def sign_out(
    email: Annotated[str, typer.Argument(help="An e-mail address.")] = "",
    of: Body = "",
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Everybody of the organisation.")
    ] = False,
) -> None:
    """End every sign-in of somebody, or of everybody in an organisation, at once."""
    with plainly():
        if bool(email.strip()) == everybody:
            raise BadInput("Say whom: an e-mail address, or --everybody.")
        with writing() as session:
            fits(session)
            if everybody:
                body = chosen(session, of)
                sign_ins.end_all(session, org_id=body.id, person_ids=None, now=now())
                told = f"Everybody of {body.name} is signed out."
            else:
                one = person_of(session, email.strip(), of)
                sign_ins.end_all(session, org_id=one.org_id, person_ids=[one.person_id], now=now())
                told = f"{one.name} is signed out everywhere."
        typer.echo(told)


def _link(email: str, of: str, purpose: str, *, second: bool) -> None:
    with plainly():
        with writing() as session:
            fits(session)
            person = person_of(session, email, of)
            mine = {"org_id": person.org_id, "person_id": person.person_id}
            if second:
                # The old pass-phrase alone would open the account from here on: it goes as well.
                second_factors.remove(session, **mine)
                accounts.close(session, **mine)
                one_time.void(session, **mine, purposes=signing.STEPS)
                sign_ins.end_all(
                    session, org_id=person.org_id, person_ids=[person.person_id], now=now()
                )
            link = links.make(session, person, purpose=purpose, now=now())
            if purpose == links.RESET:
                whose = Whose(person.org_id, person.person_id, person.name, person.email)
                ways.reset(session, whose, second_factor=second, now=now())
        _hand_over(person, link, purpose)


def _hand_over(person: whois.Known, link: str, purpose: str) -> None:
    """Mail the link, or print it for the administrator to hand over."""
    lasts = "seven days" if purpose == links.INVITE else "one hour"
    try:
        sent = links.send(person, link, purpose=purpose)
    except (mail.NotSent, BadInput) as error:
        typer.echo(str(error), err=True)
        sent = False
    if sent:
        typer.echo(f"A link is on its way to {person.email}. It works once, within {lasts}.")
        return
    typer.echo(f"Hand this link to {person.name}. It works once, within {lasts}:\n{link}")
