"""The new use: five factors, each for or against; an answer, and the reason that carries it."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.basis_builder.asking import with_answer
from modules.labs.basis_builder.rules import FACTORS
from modules.labs.basis_builder.state import SPEAKS, VERDICTS, State
from modules.markup import eyebrow_html, meter_html


def use_card(card: Surface, now: State, title: str, key: str, words: Words) -> State:
    """Draw the idea with its factors, the answer and the reasons; return what is held now."""
    use, options = now.drawn.use, now.options
    card.html(eyebrow_html(title))
    card.header(use.name, anchor=False)
    card.markdown(use.story)
    for factor in FACTORS:
        given = card.pills(
            words(
                "lab.basis_builder.factor", name=options.factors[factor], text=getattr(use, factor)
            ),
            list(SPEAKS),
            default=now.answers.get(f"use/{factor}"),
            format_func=lambda id_: words(
                "lab.basis_builder.speaks_for"
                if id_ == "for"
                else "lab.basis_builder.speaks_against"
            ),
            key=f"{key}/use/{factor}",
        )
        now = with_answer(now, f"use/{factor}", given)
    marked = [now.answers.get(f"use/{factor}") for factor in FACTORS]
    count = words(
        "lab.basis_builder.balance_count", n=marked.count("for"), m=marked.count("against")
    )
    balance = words("lab.basis_builder.balance")
    card.html(meter_html(balance, count, marked.count("for"), len(FACTORS), f"{balance}: {count}"))
    verdict = card.container(key=f"choices-{key}-verdict").radio(
        words("lab.basis_builder.verdict"),
        list(VERDICTS),
        index=_place(now.answers.get("use/verdict"), VERDICTS),
        format_func=lambda id_: words(
            "lab.basis_builder.go_ahead" if id_ == "go" else "lab.basis_builder.stop"
        ),
        key=f"{key}/use/verdict",
    )
    now = with_answer(now, "use/verdict", verdict)
    order = now.drawn.orders["reason"]
    reason = card.container(key=f"choices-{key}-reason").radio(
        words("lab.basis_builder.reason"),
        list(order),
        index=_place(now.answers.get("use/reason"), order),
        format_func=lambda id_: getattr(use, f"reason_{id_}", ""),
        key=f"{key}/use/reason",
    )
    return with_answer(now, "use/reason", reason)


def _place(id_: str | None, ids: tuple[str, ...]) -> int | None:
    return ids.index(id_) if id_ in ids else None
