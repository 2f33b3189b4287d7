"""What excuses the reader from a duty, drawn: exemptions, requests for more time, and asking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from db.leave import More
from modules import days, leave, markup
from modules.basics import BadInput, Surface, Words
from modules.learn.asides import Aside
from modules.leave import Leaves, grounds

# A request that was answered is told for so many days on the home page.
TOLD_DAYS = 30
# The day that is asked for first: two weeks after the due day.
DAYS_MORE = 14


def home_card(aside: Aside, found: Leaves, titles: Mapping[str, str]) -> bool:
    """On the home page: what is open or new, and asking; true when something changed."""
    surface, say, _viewer, now, _ = aside
    since = now - timedelta(days=TOLD_DAYS)
    recent = [
        one
        for one in found.requests
        if one.answer != grounds.WITHDRAWN and (one.open or (one.decided_at or now) >= since)
    ]
    if not (found.exemptions or recent or found.askable):
        return False
    box = surface.container(key="leave", gap="small")
    for one in recent:
        if _request(aside, box, one, titles):
            return True
    exemptions(box, found, titles, say)
    if found.askable:
        return _ask(aside, box, found, titles)
    return False


def cover_card(aside: Aside, found: Leaves, module: str, title: str) -> bool:
    """The same for one module, on its cover page; true when something changed."""
    here = Leaves(
        tuple(one for one in found.exemptions if one.module in (module, "")),
        tuple(one for one in found.requests if one.module == module),
        tuple(one for one in found.askable if one.module == module),
    )
    return home_card(aside, here, {module: title})


def record_card(surface: Surface, found: Leaves, titles: Mapping[str, str], say: Words) -> None:
    """On her record: every exemption that holds and every request with its answer."""
    if not (found.exemptions or found.requests):
        return
    card = surface.container(key="card-leave", gap="small")
    card.header(say("leave.title"), anchor=False)
    exemptions(card, found, titles, say)
    for one in found.requests:
        card.markdown(told(one, titles, say))


def exemptions(box: Surface, found: Leaves, titles: Mapping[str, str], say: Words) -> None:
    """What she need not take, why, who said so and until when."""
    for one in found.exemptions:
        key = "leave.exempt_until" if one.ends else "leave.exempt_open"
        box.markdown(
            ":material/event_available: "
            + say(
                key,
                module=titles.get(one.module, one.module) if one.module else say("leave.every"),
                ground=say(f"leave.exempt.{one.ground}"),
                by=markup.literal(one.by),
                day=days.short(one.ends - timedelta(days=1)) if one.ends else "",
            )
        )


def told(one: More, titles: Mapping[str, str], say: Words) -> str:
    """A request in words: what, until when, how it stands, and who decided."""
    facts: dict[str, Any] = {
        "module": titles.get(one.module, one.module),
        "due": days.short(one.due_on),
        "until": days.short(one.granted_until or one.asked_until),
        "by": markup.literal(one.by),
    }
    if one.open:
        return say("leave.open", **facts)
    if one.granted_until:
        return say("leave.given" if one.ground == grounds.GIVEN else "leave.granted", **facts)
    return say("leave.answered", **facts, answer=say(f"leave.refuse.{one.answer}"))


def _request(aside: Aside, box: Surface, one: More, titles: Mapping[str, str]) -> bool:
    _, say, viewer, now, _ = aside
    row = box.container(horizontal=True, vertical_alignment="center")
    row.markdown(f":material/schedule: {told(one, titles, say)}")
    if one.open and row.button(say("leave.take_back"), type="tertiary", key=f"leave/{one.id}"):
        try:
            aside.write(partial(leave.withdraw, viewer=viewer, id=one.id, now=now))
        except BadInput as bad:
            box.warning(str(bad), icon=":material/info:")
            return False
        return True
    return False


def _ask(aside: Aside, box: Surface, found: Leaves, titles: Mapping[str, str]) -> bool:
    _, say, viewer, now, _ = aside
    can = {one.module: one for one in found.askable}
    form = box.expander(say("leave.ask_title"), icon=":material/schedule:", key="leave/ask")
    form.markdown(say("leave.ask_sentence"))
    module = form.selectbox(
        say("do.module"),
        list(can),
        format_func=lambda key: say(
            "do.module_due", module=titles.get(key, key), day=days.short(can[key].due_on)
        ),
        key="leave/module",
    )
    one = can[module]
    ground = form.radio(
        say("leave.why"),
        grounds.ASK,
        index=None,
        format_func=lambda key: say(f"leave.ask.{key}").capitalize(),
        key="leave/ground",
    )
    until = form.date_input(
        say("leave.until"),
        min(max(one.due_on + timedelta(days=DAYS_MORE), one.first), one.last),
        min_value=one.first,
        max_value=one.last,
        format="DD/MM/YYYY",
        key=f"leave/until/{module}",
        width=180,
    )
    if form.button(say("leave.send"), type="primary", key="leave/send"):
        if not ground:
            form.warning(say("do.first"), icon=":material/info:")
            return False
        given: dict[str, Any] = {"module": module, "ground": ground, "until": until}
        try:
            aside.write(partial(leave.ask, viewer=viewer, now=now, **given))
        except BadInput as bad:
            form.warning(str(bad), icon=":material/info:")
            return False
        return True
    return False
