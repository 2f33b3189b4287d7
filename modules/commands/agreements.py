"""The works agreement: a key, a look, a difference, a signature, a check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from modules import words
from modules.agreement import files, keys, signing, wording
from modules.agreement.model import ROLES, Role
from modules.basics import BadInput
from modules.commands.ending import plainly
from modules.commands.options import Json
from modules.days import now
from modules.settings import settings

agreement = typer.Typer(
    no_args_is_help=True, help="The works agreement: read it, sign it, check who signed."
)
At = Annotated[
    Path | None,
    typer.Option("--file", help="The agreement; without it, the one that STEWARD_AGREEMENT names."),
]


@agreement.command("key")
def agreement_key(
    out: Annotated[Path, typer.Option("--out", help="Where to write the private key.")],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Ask for a passphrase that guards it.")
    ] = False,
) -> None:
    """Make the key of somebody who signs. She alone keeps it; the agreement has its public half."""
    secret = ""
    if passphrase:
        secret = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    with plainly():
        public = keys.make(out, secret)
    typer.echo(f"{out} is your private key: keep it where nobody else can read it.")
    typer.echo(f"Your public key, for the agreement and for everybody: {public}")


@agreement.command("show")
def agreement_show(at: At = None, as_json: Json = False) -> None:
    """Tell the agreement in plain words, as its page does."""
    with plainly():
        of = files.load(at or settings().agreement)
    say = words.of("en")
    if as_json:
        typer.echo(json.dumps(of.agreement.model_dump(), indent=1, ensure_ascii=False))
        return
    typer.echo(f"{of.agreement.title}: {state(of)}")
    for part, told in wording.parts(of.agreement, say).items():
        typer.echo(f"\n{say(f'agreement.part.{part}')}")
        for line in told:
            typer.echo(f"  {line}")


@agreement.command("diff")
def agreement_diff(old: Path, new: Path, as_json: Json = False) -> None:
    """Tell what changed between two agreements, clause by clause."""
    with plainly():
        before, after = files.load(old), files.load(new)
    found = wording.difference(before.agreement, after.agreement, words.of("en"))
    if as_json:
        told = [{"clause": one.clause, "before": one.before, "after": one.after} for one in found]
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"{one.clause}\n  - {one.before}\n  + {one.after}")
    if not found:
        same = before.body == after.body
        typer.echo("Byte for byte the same." if same else "No clause differs; other text does.")


@agreement.command("sign")
def agreement_sign(
    key: Annotated[Path, typer.Option("--key", help="Your private key.")],
    role: Annotated[str, typer.Option("--as-role", help="dpo or staff.")],
    name: Annotated[str, typer.Option("--name", help="Your name, as the agreement has it.")],
    at: At = None,
) -> None:
    """Sign an agreement that names you. Read it first: `agreement show`."""
    with plainly():
        path = at or settings().agreement
        of = files.load(path)
        if keys.shared(key):
            typer.echo(
                f"{key} can be read by others on this machine. Where that can be, run: chmod 600",
                err=True,
            )
        secret = ""
        if keys.locked(key):
            secret = typer.prompt("Passphrase", hide_input=True)
        made = signing.sign(
            keys.load(key, secret), of, role=_role(role), name=name, day=now().date().isoformat()
        )
        whole = files.add(of.stamp, of.sha256, made)
        try:
            files.signatures_of(path).write_text(files.dump(whole), "utf-8")
        except OSError as error:
            raise BadInput(
                f"{files.signatures_of(path)} cannot be written: {error.strerror}."
            ) from error
        typer.echo(f"Signed: {path.name}, {of.sha256}")
        typer.echo(state(files.load(path)))


@agreement.command("verify")
def agreement_verify(at: At = None, as_json: Json = False) -> None:
    """Say who signed and whether each signature holds. Exit 1 unless the agreement is signed."""
    with plainly():
        of = files.load(at or settings().agreement)
    found = signing.verify(of)
    if as_json:
        told = {
            "signed": found.signed,
            "sha256": of.sha256,
            "number": of.agreement.number,
            "trouble": found.trouble,
            "held": [one.model_dump() for one in found.held],
            "missing": [one.model_dump() for one in found.missing],
        }
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        typer.echo(f"{of.agreement.title}, state {of.agreement.number}, {of.sha256}")
        for one in found.held:
            typer.echo(f"  holds    {one.role}  {one.name}, {one.day}, {one.key}")
        for who in found.missing:
            typer.echo(f"  missing  {who.role}  {who.name}, {who.key}")
        typer.echo(state(of))
    if not found.signed:
        raise typer.Exit(1)


def state(of: signing.Signed) -> str:
    """Whether an agreement is signed, in a sentence."""
    found = signing.verify(of)
    if found.trouble:
        return f"{found.trouble}."
    if found.signed:
        return f"Signed by {' and '.join(one.name for one in found.held)}."
    if found.held:
        return f"Not signed yet by {' and '.join(one.name for one in found.missing)}."
    return "Not signed by anybody."


def _role(text: str) -> Role:
    for one in ROLES:
        if text == one:
            return one
    raise BadInput(f"“{text}” is no role of an agreement. It is dpo or staff.")
