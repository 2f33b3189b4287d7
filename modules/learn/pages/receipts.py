import json

import streamlit as st

from db.engine import reading
from modules import days, markup
from modules.basics import Surface
from modules.learn import corrected
from modules.learn import receipts as held
from modules.learn.receipts import Receipt
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script

AT_ONCE = 10


def title(frame: Frame, one: Receipt) -> str:
    """Form, module and when: what tells two attempts apart."""
    say, sitting = frame.say, one.sitting
    return say(
        "receipts.attempt",
        form=say(f"receipts.form_{sitting.form.partition('-')[0]}"),
        number=sitting.number,
        module=sitting.module,
        when=days.moment(sitting.started_at, frame.viewer.clock),
    )


def draw(
    place: Surface, frame: Frame, one: Receipt, again: tuple[corrected.Correction, ...]
) -> None:
    """One attempt: what it was made of, then question and answer, then what was corrected."""
    say, sitting = frame.say, one.sitting
    facts = [
        (say("receipts.version"), f"{sitting.module} {sitting.version}"),
        (say("receipts.fingerprint"), sitting.sha256[:16]),
        (say("receipts.seed"), sitting.seed if one.told else say("receipts.later")),
        (say("receipts.id"), str(sitting.id)),
    ]
    place.html(markup.facts_html(facts))
    if one.trouble:
        place.markdown(say("receipts.unreadable"))
        return
    head = ("question", "answer", "grade", "grader", "when")
    rows = [
        (
            line.question,
            line.answer if line.kind != "lab" else say("receipts.lab"),
            held.grade(line, say),
            str(line.grader),
            days.moment(line.answered_at, frame.viewer.clock) if line.answered_at else "",
        )
        for line in one.lines()
    ]
    parts.table(place, title(frame, one), [say(f"receipts.{key}") for key in head], rows)
    mine = tuple(each for each in again if each.attempt_id == sitting.id)
    corrected.draw(place, frame.viewer, say, mine)


def check(frame: Frame, found: list[Receipt]) -> None:
    """Grade everything again, here and now, and say how it came out."""
    say, surface = frame.say, frame.surface
    # A difference names both grades: not before they are told.
    found = [one for one in found if one.told or one.trouble]
    again = [line for one in found for line in one.replay()]
    graded = [line for line in again if line.recorded.right is not None]
    wrong = [line for line in again if not line.same]
    unread = sum(bool(one.trouble) for one in found)
    if wrong or unread:
        surface.warning(
            say("receipts.differ", wrong=len(wrong), unread=unread), icon=":material/warning:"
        )
        for one in found:
            if lines := [line for line in one.replay() if not line.same]:
                surface.markdown(markup.literal(f"{one.sitting.id}: {'; '.join(map(str, lines))}"))
        return
    newer = sum(bool(x.replayed and x.replayed.grader != x.recorded.grader) for x in graded)
    told = say("receipts.same", n=len(graded))
    surface.success(
        f"{told} {say('receipts.newer', n=newer)}" if newer else told,
        icon=":material/check_circle:",
    )


with page("receipts", width=860) as frame:
    say = frame.say
    with reading() as session:
        found = held.receipts(session, frame.viewer)
        again = corrected.among(session, frame.viewer, found)
    surface = frame.surface
    surface.page_link(script("me"), label=say("receipts.back"), icon=":material/arrow_back:")
    if not found:
        place = parts.empty(
            surface, "empty", say("receipts.none"), say("receipts.none_sentence"), level=1
        )
        place.page_link(script("home"), label=say("lesson.back_home"))
        st.stop()
    surface.title(say("receipts.title"), anchor=False)
    surface.markdown(say("receipts.sentence"))
    row = surface.container(horizontal=True, gap="small")
    pressed = row.button(
        say("receipts.check"), type="primary", icon=":material/refresh:", key="receipts/check"
    )
    row.download_button(
        say("receipts.download"),
        lambda: json.dumps(held.as_json(found), indent=1, ensure_ascii=False),
        file_name="my-receipts.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="receipts/download",
    )
    if pressed:
        check(frame, found)
    every = len(found) <= AT_ONCE or st.session_state.get("receipts/every", False)
    for number, one in enumerate(found if every else found[:AT_ONCE]):
        place = surface.expander(markup.literal(title(frame, one)), expanded=number == 0)
        draw(place.container(key=f"receipt-{one.sitting.id}"), frame, one, again)
    if not every and surface.button(say("receipts.every", n=len(found)), key="receipts/more"):
        st.session_state["receipts/every"] = True
        st.rerun()
