"""The second and third part on the page: who holds the key, and which totals are opened."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from modules.basics import Surface, Words
from modules.labs.without_pooling.grading import opened
from modules.labs.without_pooling.locked import agencies, attack, plain, total
from modules.labs.without_pooling.outputs import LEAST, REQUESTS, exposed, groups, single
from modules.labs.without_pooling.state import State, in_order
from modules.markup import table_html


def pounds(amount: Decimal) -> str:
    """An amount as it is printed."""
    return f"£{amount:,.2f}"


def keys(card: Surface, state: State, key: str, words: Words) -> State:
    """Who makes the keys, what the cloud is given, and the cloud’s own try."""
    card.header(words("lab.without_pooling.lock"), anchor=False)
    card.markdown(words("lab.without_pooling.lock_told"))
    alone = state.options.agencies[single(state.seed)]
    holders = {
        "cloud": words("lab.without_pooling.holder_cloud"),
        "agency": words("lab.without_pooling.holder_agency", agency=alone),
        "audit": words("lab.without_pooling.holder_audit"),
    }
    holder = card.container(key=f"choices-{key}-holder").radio(
        words("lab.without_pooling.holder"),
        list(holders),
        index=list(holders).index(state.holder) if state.holder else None,
        format_func=lambda one: holders.get(one, ""),
        key=f"{key}/holder",
    )
    contexts = {
        "whole": words("lab.without_pooling.saved_whole"),
        "public": words("lab.without_pooling.saved_public"),
    }
    saved = card.container(key=f"choices-{key}-saved").radio(
        words("lab.without_pooling.saved"),
        list(contexts),
        index=list(contexts).index(state.saved) if state.saved else None,
        format_func=lambda one: contexts.get(one, ""),
        key=f"{key}/saved",
    )
    now = replace(state, holder=holder, saved=saved)
    if holder and saved:
        tried = card.toggle(words("lab.without_pooling.try"), key=f"{key}/try")
        if tried:
            _cloud(card, now, words)
    return now


def _cloud(card: Surface, state: State, words: Words) -> None:
    """What the cloud has, and what really comes of its try to open it."""
    seen = attack(state.seed, str(state.holder), str(state.saved))
    names = state.options.agencies
    header = [words("lab.without_pooling.agency"), words("lab.without_pooling.cloud_sees")]
    if seen.opened:
        rows = [
            (
                names[one],
                words("lab.without_pooling.figure", pounds=_amount(three), claims=three[2]),
            )
            for one, three in zip(agencies(state.seed), seen.opened, strict=True)
        ]
        card.html(
            table_html(words("lab.without_pooling.opened"), header, rows, hidden_caption=False)
        )
        why = (
            "lab.without_pooling.holds_key"
            if state.holder == "cloud"
            else "lab.without_pooling.was_given"
        )
        card.markdown(words(why))
        return
    rows = [
        (names[one], words("lab.without_pooling.locked", kb=round(size / 1000)))
        for one, size in zip(agencies(state.seed), seen.sizes, strict=True)
    ]
    card.html(table_html(words("lab.without_pooling.refused"), header, rows, hidden_caption=False))
    card.code(seen.error, language=None, wrap_lines=True)
    card.markdown(
        words(
            "lab.without_pooling.agency_told"
            if state.holder == "agency"
            else "lab.without_pooling.audit_told"
        )
    )


def _amount(three: tuple[int, ...]) -> str:
    return pounds(Decimal(three[0]) + Decimal(three[1]) / 100)


def outputs(card: Surface, state: State, key: str, words: Words) -> State:
    """Which requests are allowed, the least number of agencies, and what the totals give away."""
    card.header(words("lab.without_pooling.open"), anchor=False)
    card.markdown(words("lab.without_pooling.open_told"))
    labels = _requests(state, words)
    allowed = card.pills(
        words("lab.without_pooling.allowed"),
        list(REQUESTS),
        selection_mode="multi",
        default=list(state.allowed),
        format_func=lambda one: labels.get(one, ""),
        key=f"{key}/allowed",
    )
    least = card.pills(
        words("lab.without_pooling.least"), list(LEAST), default=state.least, key=f"{key}/least"
    )
    now = replace(state, allowed=in_order(allowed), least=least)
    if not now.allowed:
        return now
    out = opened(now)
    rows = []
    for one in now.allowed:
        if one in out:
            amount, count = total(groups(state.seed)[one])
            told = words("lab.without_pooling.figure", pounds=pounds(amount), claims=count)
        else:
            told = words("lab.without_pooling.too_few")
        rows.append((labels[one], told))
    header = [words("lab.without_pooling.request"), words("lab.without_pooling.answer")]
    caption = words("lab.without_pooling.answers")
    card.html(table_html(caption, header, rows, hidden_caption=False))
    if "all" in out:
        amount, count = plain(groups(state.seed)["all"])
        card.markdown(words("lab.without_pooling.plain", pounds=pounds(amount), claims=count))
    found = exposed(state.seed, out)
    badge = card.container(horizontal=True)
    badge.badge(
        words("lab.without_pooling.exposed" if found else "lab.without_pooling.unexposed"),
        icon=":material/warning:" if found else ":material/check_circle:",
        color="orange" if found else "green",
    )
    if found:
        card.markdown(told_exposed(now, found, words))
    return now


def _requests(state: State, words: Words) -> dict[str, str]:
    alone = state.options.agencies[single(state.seed)]
    return {
        "all": words("lab.without_pooling.request_all"),
        "four": words("lab.without_pooling.request_four", agency=alone),
        "three": words("lab.without_pooling.request_three"),
        "one": words("lab.without_pooling.request_one", agency=alone),
    }


def told_exposed(
    state: State, found: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], words: Words
) -> str:
    """Each group that comes out, with its sum and how it was reckoned, as a list."""
    labels, given, names = _requests(state, words), groups(state.seed), state.options.agencies
    lines = []
    for big, taken, left in found:
        amount = total(given[big])[0] - sum(total(given[one])[0] for one in taken)
        who = " + ".join(names[one] for one in left)
        way = " − ".join(labels[one] for one in (big, *taken))
        lines.append(words("lab.without_pooling.exposes", way=way, who=who, pounds=pounds(amount)))
    return "\n".join(f"- {line}" for line in lines)


__all__ = ["keys", "outputs", "told_exposed"]
