"""What was entered by hand about the reader, drawn on her record: who, why, which document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.proofs import Entered
from modules import days, markup
from modules.basics import Surface, Words


def card(
    surface: Surface,
    found: Sequence[Entered],
    titles: Mapping[str, str],
    zone: str,
    say: Words,
) -> None:
    """Each entry in words, the withdrawn ones too; nothing where there is none."""
    if not found:
        return
    box = surface.container(key="card-by-hand", gap="small")
    box.header(say("proofs.mine"), anchor=False)
    box.markdown(say("proofs.mine_sentence"))
    for one in found:
        told = say(
            "proofs.mine_entry",
            module=titles.get(one.module, one.module),
            kind=say(f"proofs.kind.{one.kind}"),
            day=days.short(one.happened_on),
            reason=say(f"proofs.reason.{one.reason}"),
            document=markup.literal(one.document),
            by=markup.literal(one.by),
            on=days.moment(one.given_at, zone),
        )
        if one.withdrawn_at:
            name, day = markup.literal(one.withdrawn), days.moment(one.withdrawn_at, zone)
            told += "  \n" + say("proofs.mine_withdrawn", name=name, day=day)
        box.markdown(told)
