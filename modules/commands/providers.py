"""Sign-in providers: listed, tried, and people linked to their accounts there."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from db import identities
from db.engine import reading, writing
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.evidence import ways
from modules.identity import checking, linking, tokens
from modules.identity import providers as configured

provider = typer.Typer(no_args_is_help=True, help="Sign-in providers and the accounts there.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="A provider's name; all without it.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="Whose account it is.")]
At = Annotated[str, typer.Option("--provider", help="The provider's name.")]
MARK = {"right": "✓", "wrong": "✗", "note": "–"}


@provider.command("list")
def provider_list(as_json: Json = False) -> None:
    """The providers that people can sign in with, and how many are linked at each."""
    with plainly(), reading() as session:
        fits(session)
        told = [
            {
                "name": one.name,
                "title": one.title,
                "organisation": one.organisation,
                "issuer": one.issuer,
                "link": one.link,
                "linked": len(identities.linked(session, provider=one.name)),
            }
            for one in configured.all_of_them().values()
        ]
    if as_json:
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for line in told:
        typer.echo(
            f"{line['name']:12}  {line['organisation']:24}  {line['issuer']}  "
            f"(link: {line['link']}, {line['linked']} linked)"
        )
    if not told:
        typer.echo("No provider is set up. docs/sign-in.md says how.")


@provider.command("check")
def provider_check(name: Name = "", as_json: Json = False) -> None:
    """Try a provider, or all: what is right, what is wrong, what to register there."""
    with plainly():
        chosen = [configured.by_name(name)] if name else list(configured.all_of_them().values())
        if not chosen:
            raise BadInput("No provider is set up. docs/sign-in.md says how.")
        found = {}
        for one in chosen:
            with reading() as session:
                fits(session)
                found[one.name] = list(checking.check(session, one, now()))
    if as_json:
        told = {
            one.name: {
                "findings": [asdict(each) for each in found[one.name]],
                "register": checking.addresses(one),
            }
            for one in chosen
        }
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        for one in chosen:
            typer.echo(f"{one.name}: {one.title}")
            for each in found[one.name]:
                typer.echo(f"  {MARK[each.verdict]} {each.sentence}")
            typer.echo("  Register there:")
            for what, address in checking.addresses(one).items():
                typer.echo(f"    {what:21} {address}")
    if any(each.verdict == "wrong" for all_of in found.values() for each in all_of):
        raise typer.Exit(1)


@provider.command("link")
def provider_link(
    email: Email,
    at: At,
    subject: Annotated[
        list[str],
        typer.Option(help="How the provider names her; once for each claim of its `subject`."),
    ],
) -> None:
    """Let an account at a provider stand for a person."""
    with plainly(), writing() as session:
        fits(session)
        one = configured.by_name(at)
        if len(subject) != len(one.subject):
            wanted = " and ".join(one.subject)
            raise BadInput(f"A subject at {at} is {wanted}: give --subject for each, in order.")
        org_id = linking.organisation_of(session, one)
        found = identities.candidates(session, org_id=org_id, email=email)
        if not found:
            raise BadInput(f"Nobody in {one.organisation} has the address {email}.")
        if not identities.link(
            session,
            provider=at,
            subject=tokens.joined(subject),
            org_id=org_id,
            person_id=found[0],
            now=now(),
        ):
            raise BadInput("This account stands for somebody already. Unlink it there first.")
        whose = linking.whose_of(session, org_id=org_id, person_id=found[0])
        ways.linked(session, whose, provider=at, now=now())
    typer.echo(f"{email} can now sign in with {one.title}.")


@provider.command("unlink")
def provider_unlink(email: Email, at: At) -> None:
    """Take a person's accounts at a provider away, and end what she began with them."""
    with plainly(), writing() as session:
        fits(session)
        one = configured.by_name(at)
        org_id = linking.organisation_of(session, one)
        found = identities.candidates(session, org_id=org_id, email=email)
        if not found:
            raise BadInput(f"Nobody in {one.organisation} has the address {email}.")
        gone = linking.forget(session, one, org_id=org_id, person_id=found[0], now=now())
    typer.echo(f"Accounts of {email} at {at} taken away: {gone}.")
    if gone and one.link != "never":
        typer.echo(
            f"The rule of {at} (link: {one.link}) links the same account again when she next signs "
            "in with it. Close it at the provider if it is not hers any more."
        )
