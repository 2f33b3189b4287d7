"""The cards of the page that publishes a draft: problems, people, review, and the one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from modules import days, fields, markup
from modules.author import contents, differing, remarks
from modules.author.editor import outline
from modules.author.editor.held import Held
from modules.author.publishing import Sheet, may_publish
from modules.basics import Problem, Surface
from modules.drafts.differences import Text, without
from modules.shell.menu import script

if TYPE_CHECKING:
    from modules.shell.frame import Frame

Do = Callable[..., None]


def headline(frame: Frame, of: Sheet) -> tuple[str, str]:
    """The title of the page and the sentence below it: what this is, and where it stands."""
    say, draft = frame.say, of.draft
    names = {id: markup.literal(name) for id, name in of.names.items()}
    who = {
        "writer": names.get(draft.made_by, ""),
        "asker": names.get(draft.asked_by, "") if draft.asked_by else "",
        "approver": names.get(draft.approved_by, "") if draft.approved_by else "",
        "day": days.moment(draft.publish_at, frame.viewer.clock) if draft.publish_at else "",
    }
    told = {
        "writing": say("publish.state.writing", **who),
        "review": say("publish.state.review", **who),
        "approved": say("publish.state.approved", **who),
        "published": say("publish.state.published"),
        "dropped": say("publish.state.dropped"),
    }
    state = say("publish.state.planned", **who) if draft.publish_at else told[draft.state]
    return say("publish.title", title=markup.literal(of.title)), state


def problems(frame: Frame, of: Sheet) -> None:
    """What stops a publication, first on the page: each with its place."""
    say = frame.say
    if of.draft.refused:
        frame.surface.warning(
            say("publish.refused", why=markup.literal(of.draft.refused)), icon=":material/error:"
        )
    if of.unreplaced and not of.draft.ended_at:
        _unreplaced(frame, of)
    if not of.problems and not of.refusal:
        return
    box = frame.surface.container(key="card-problems", gap="small")
    number = len(of.problems) or 1
    box.header(say("author.stops_one" if number == 1 else "author.stops", n=number), anchor=False)
    if not of.problems:
        box.markdown(markup.literal(of.refusal))
    for number, one in enumerate(of.problems):
        _row(frame, box.container(gap=None, key=f"problem-publish-{number}"), of, one)
    if of.problems and may_publish(frame.viewer):
        to_editor(frame, box, of)


def _unreplaced(frame: Frame, of: Sheet) -> None:
    """Parts that nobody has written yet: as advice, since only people can tell what was meant."""
    box = frame.surface.container(key="card-unreplaced", gap="small")
    box.markdown(frame.say("publish.unreplaced"))
    for number, one in enumerate(of.unreplaced):
        _row(frame, box.container(gap=None, key=f"problem-unreplaced-{number}"), of, one)


def _row(frame: Frame, row: Surface, of: Sheet, one: Problem) -> None:
    """What is wrong with which thing, and the way to it: to write, or to read."""
    say, held = frame.say, Held(of.draft.slug, of.files)
    icon = ":red[:material/error:]" if one.stops else ":material/lightbulb:"
    what = markup.literal(outline.thing(held, one, say))
    row.markdown(f"{icon} **{what}**: {markup.literal(one.sentence)}")
    part = outline.part_of(held, one)
    if part and may_publish(frame.viewer):
        label = say("studio.go_there", what=markup.literal(outline.whole(held, part, say)))
        to_editor(frame, row, of, part, label)
    elif part:
        contents.to_read(frame, row, of, part, outline.whole(held, part, say))


def to_editor(frame: Frame, box: Surface, of: Sheet, part: str = "", label: str = "") -> None:
    """The way back to writing, or to one part of it."""
    query = {"draft": str(of.draft.id)} | ({"part": part} if part else {})
    box.page_link(
        script("edit"),
        label=label or frame.say("publish.to_editor"),
        query_params=query,
        icon=None if label else ":material/edit:",
    )


def people(frame: Frame, of: Sheet) -> None:
    """Whom it concerns, as far as the sums may be told."""
    say, found = frame.say, of.affected
    box = frame.surface.container(key="card-affected", gap="small")
    box.header(say("publish.affected"), anchor=False)
    if of.live is None:
        box.markdown(say("publish.affected_new"))
        return

    def some(count: int | None) -> str:
        return say("publish.about", n=count) if count else say("publish.few", n=found.least)

    lines = [
        say("publish.begun", people=some(found.begun)),
        say("publish.completed", people=some(found.completed)),
    ]
    if found.redo_by:
        day = days.day(found.redo_by)
        lines.append(say("publish.redo", people=some(found.redo), day=day))
    else:
        lines.append(say("publish.redo_none"))
    box.markdown("\n".join(f"- {one}" for one in lines))


def catching_up(frame: Frame, of: Sheet, do: Do) -> None:
    """What was published or shipped meanwhile, to be brought in, and where a text is to choose."""
    say = frame.say
    shipped = of.waiting if of.waiting and of.waiting.sha256 != of.draft.merges else None
    if not of.overtaken and not shipped and not of.clashes:
        return
    box = frame.surface.container(key="card-catching", gap="small")
    box.header(say("publish.meanwhile"), anchor=False)
    if of.overtaken and of.live:
        box.markdown(say("publish.overtaken", n=of.live.number, version=of.live.version))
        if box.button(say("publish.bring_live"), key="publish/bring/live"):
            do("bring", what="live")
    if shipped:
        box.markdown(say("publish.shipped_waits", version=shipped.version))
        if box.button(say("publish.bring_shipped"), key="publish/bring/shipped"):
            do("bring", what="shipped")
    for number, one in enumerate(of.clashes):
        box.markdown(say("publish.clash", file=markup.literal(one.path.rpartition("/")[2])))
        box.html(differing.text_html(Text("", one.mine, one.theirs), say))
        row = box.container(horizontal=True)
        if row.button(say("publish.take_theirs"), key=f"publish/clash/{number}"):
            do("choose", path=one.path)
        row.caption(say("publish.keep_mine"))


def difference(frame: Frame, of: Sheet) -> None:
    """What readers would find changed, against what is live, or what is shipped."""
    say = frame.say
    box = frame.surface.container(key="card-difference", gap="small")
    if of.live is None:
        box.header(say("publish.new_module"), anchor=False)
        box.markdown(say("publish.new_module_told"))
        contents.draw(frame, box, of)
        return
    box.header(say("publish.difference"), anchor=False)
    shown, kinds = of.parts, ("live", "shipped")
    told = ("version", f"changes/{of.version}/") if of.change else ()
    if of.against_shipped is not None:
        against = box.segmented_control(
            say("publish.against"),
            kinds,
            default="live",
            required=True,
            format_func=lambda one: say(f"publish.against_{one}"),
            key=f"publish/against/{of.draft.id}",
        )
        shown = of.against_shipped if against == "shipped" else shown
    differing.draw(box, say, without(shown, told) if told else shown, key=f"{of.draft.id}")


def leaving(frame: Frame, of: Sheet, do: Do) -> None:
    """Going on writing, and dropping the draft: both away from the button."""
    say, draft = frame.say, of.draft
    if not may_publish(frame.viewer):
        return
    row = frame.surface.container(horizontal=True, vertical_alignment="center")
    to_editor(frame, row, of)
    if draft.state in ("review", "approved") and row.button(
        say("publish.withdraw"), type="tertiary", key="publish/withdraw"
    ):
        do("withdraw")
    sure = row.popover(say("publish.drop"), type="tertiary", key="publish/drop")
    sure.markdown(say("publish.drop_sure"))
    if sure.button(say("publish.drop_yes"), key="publish/drop/yes"):
        do("drop")


def moment(frame: Frame, box: Surface, of: Sheet) -> datetime | None:
    """When to publish, in the reader's own zone; None: now."""
    say, zone = frame.say, ZoneInfo(frame.viewer.clock)
    local, stem = frame.now.astimezone(zone), f"publish/at/{of.draft.id}"
    later = box.radio(
        say("publish.when"),
        ("now", "later"),
        format_func=lambda one: say(f"publish.when_{one}"),
        horizontal=True,
        key=f"{stem}/when",
    )
    if later != "later":
        return None
    row = box.container(horizontal=True, vertical_alignment="bottom", gap="small")
    day: Any = row.date_input(
        say("publish.day"),
        value=local.date(),
        min_value=local.date(),
        format="DD/MM/YYYY",
        key=f"{stem}/day",
        width=180,
    )
    hour: Any = row.time_input(
        say("publish.time", zone=frame.viewer.clock), value=time(8), key=f"{stem}/time", width=180
    )
    if not isinstance(day, date) or not isinstance(hour, time):
        return None
    return datetime.combine(day, hour, zone)


def button(frame: Frame, box: Surface, of: Sheet, do: Do) -> None:
    """The one thing to do next, for this viewer and this state."""
    say, draft = frame.say, of.draft
    trainer, stops = may_publish(frame.viewer), bool(of.problems or of.refusal)
    if draft.publish_at:
        if trainer and box.button(say("publish.unplan"), key="publish/unplan"):
            do("unplan")
    elif draft.state == "approved" or (of.alone and trainer):
        if not trainer:
            box.markdown(say("publish.a_trainer"))
            return
        accepted = remarks.accepted(frame, box, of, say("publish.with_comments"))
        at = moment(frame, box, of)
        if box.button(
            say("publish.do_later" if at else "publish.do"),
            type="primary",
            icon=":material/publish:",
            key="publish/do",
        ):
            do("plan", at=at, comments=accepted) if at else do("publish", comments=accepted)
    elif draft.state == "review" and not of.wrote:
        accepted = remarks.accepted(frame, box, of, say("publish.approve_with_comments"))
        if box.button(
            say("publish.approve"), type="primary", icon=":material/done:", key="publish/approve"
        ):
            do("approve", comments=accepted)
    elif draft.state == "review":
        box.markdown(say("publish.waits"))
    elif trainer:
        word = fields.text(
            box, say("publish.word"), key=f"publish/word/{draft.id}", max_chars=1000, lines=2
        )
        if box.button(
            say("publish.ask"), type="primary", icon=":material/rate_review:", key="publish/ask"
        ):
            do("ask", word=word)
    if stops:
        box.caption(say("publish.mend_first"))
