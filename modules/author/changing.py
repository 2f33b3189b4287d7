"""The form that says what a draft changes: its kind, its sentence, its parts, whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from modules import courses, fields, markup
from modules.author.publishing import Sheet, may_publish
from modules.basics import LAWS, NEUTRAL, Surface

if TYPE_CHECKING:
    from modules.shell.frame import Frame

FIRST_OWN = 50
KINDS = ("wording", "clarification", "rule")


def card(frame: Frame, of: Sheet, do: Callable[..., None]) -> None:
    """What this changes, and to whom a module of one's own is offered; kept by its button."""
    say = frame.say
    box = frame.surface.container(key="card-change", gap="small")
    box.header(say("change.title" if of.live else "change.title_new"), anchor=False)
    if of.change and of.version:
        box.markdown(say("change.kept", version=of.version, says=markup.literal(of.change.says)))
    elif of.live is None:
        box.markdown(say("change.first"))
    elif not may_publish(frame.viewer):
        box.markdown(say("change.none"))
    if of.shipped_change:
        said = markup.literal(of.shipped_change.says)
        kind = _kinds(frame)[of.shipped_change.kind]
        box.info(say("change.shipped", kind=kind, says=said), icon=":material/update:")
    if not may_publish(frame.viewer):
        if of.change:
            box.caption(_kinds(frame)[of.change.kind])
        return
    change = form(frame, box, of) if of.live else None
    offered = of.draft.offered
    if own_id(of.draft.module):
        offered = box.checkbox(
            say("change.offered"),
            value=offered,
            help=say("change.offered_help"),
            key=f"publish/{of.draft.id}/offered",
        )
    if (of.live or own_id(of.draft.module)) and box.button(
        say("change.keep"), key=f"publish/{of.draft.id}/keep"
    ):
        do("say_change", change=change, offered=offered)


def own_id(module: str) -> bool:
    """Whether a module is one of the organisation's own: M50 to M99."""
    return module[1:].isdigit() and int(module[1:]) >= FIRST_OWN


def form(frame: Frame, box: Surface, of: Sheet) -> dict[str, Any] | None:
    """What is chosen, as `say_change` takes it; None before anything can be kept."""
    say, stem = frame.say, f"publish/{of.draft.id}"
    before = of.change
    told = _kinds(frame)
    kind = box.radio(
        say("change.kind"),
        KINDS,
        index=KINDS.index(before.kind) if before else None,
        format_func=told.__getitem__,
        key=f"{stem}/kind",
    )
    says = fields.text(
        box,
        say("change.says"),
        key=f"{stem}/says",
        value=before.says if before else "",
        max_chars=300,
        lines=2,
        help=say("change.says_help"),
    )
    change: dict[str, Any] = {"kind": kind, "says": says.strip()}
    if kind in ("clarification", "rule"):
        change["parts"] = tuple(_parts(frame, box, of, stem))
    if kind == "rule":
        change |= _whom(frame, box, of, stem)
    return change if kind else None


def _kinds(frame: Frame) -> dict[str, str]:
    say = frame.say
    return {
        "wording": say("change.wording"),
        "clarification": say("change.clarification"),
        "rule": say("change.rule"),
    }


def _parts(frame: Frame, box: Surface, of: Sheet, stem: str) -> list[str]:
    titles = {one.id: one.title for one in of.parts}
    known = list(dict.fromkeys([*of.proposed, *(of.change.parts if of.change else ())]))
    chosen = of.change.parts if of.change and of.change.parts else of.proposed
    picked: list[str] = box.multiselect(
        frame.say("change.parts"),
        known,
        default=[one for one in chosen if one in known],
        format_func=lambda one: f"{one} · {titles[one][:60]}" if titles.get(one) else one,
        help=frame.say("change.parts_help"),
        key=f"{stem}/parts",
    )
    return picked


def _whom(frame: Frame, box: Surface, of: Sheet, stem: str) -> dict[str, Any]:
    say, before = frame.say, of.change
    paths = {one.id: one.title for one in courses.shipped().paths}
    row = box.container(horizontal=True, vertical_alignment="bottom", gap="small")
    some = row.multiselect(
        say("change.paths"),
        list(paths),
        default=[one for one in (before.paths if before else ()) if one in paths],
        format_func=lambda one: f"{one} · {paths[one]}",
        placeholder=say("change.all_paths"),
        key=f"{stem}/paths",
        width=320,
    )
    laws = row.multiselect(
        say("change.laws"),
        [NEUTRAL, *LAWS],
        default=list(before.laws) if before else [],
        format_func=lambda one: say(f"details.law.{one}"),
        placeholder=say("change.all_laws"),
        key=f"{stem}/laws",
        width=240,
    )
    days = row.number_input(
        say("change.days"),
        1,
        730,
        (before.days if before and before.days else 30),
        key=f"{stem}/days",
        width=140,
    )
    return {"paths": tuple(some), "laws": tuple(laws), "days": int(days)}
