"""What is kept on a person, printed for herself."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from db.engine import reading
from modules import access
from modules.commands.ending import fits, plainly
from modules.commands.options import As, Json
from modules.days import now
from modules.learn import record


def answers(
    of: Annotated[str, typer.Option(help="Whose answers: an e-mail address.")],
    who: As,
    as_json: Json = False,
) -> None:
    """The answers of a person. Only she herself may read them."""
    with plainly(), reading() as session:
        fits(session)
        viewer = access.by_email(session, email=who, now=now())
        kept = record.record_of(session, viewer, email=of)
    if as_json:
        typer.echo(json.dumps(record.as_json(kept), indent=1, ensure_ascii=False))
        return
    for one in kept.answers:
        verdict = {None: "", True: "right", False: "not right"}[one.correct]
        if one.attempt_id in kept.later:
            verdict = "told when the form is finished"
        typer.echo(f"{one.answered_at:%Y-%m-%d %H:%M}  {one.kind:8}  {one.slot:24}  {verdict}")
