"""One question on the page: asked, checked, and told why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from modules import fields, markup, pictured
from modules.agreement.current import agreed
from modules.basics import BadInput, Surface, Words
from modules.play import surprise
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.asked import item_of
from modules.progress.marking import CONFIDENCE
from modules.progress.sheet import Answer, Sheet, draft_slot
from modules.questions import Item


@dataclass(frozen=True)
class Asked:
    """A question in its slot of an attempt."""

    sheet: Sheet
    slot: str
    try_number: int = 1
    eyebrow: str = ""
    # Its number, where the page tells of several.
    number: int = 0
    # In a check feedback waits until all is answered.
    tells: bool = True
    button: str = "lesson.check"


def draw(table: Table, asked: Asked) -> Answer | None:
    """Draw the question, or its answer with the reasons; the answer once there is one.

    The answer is recorded before its feedback is drawn: who reads it can close the lid.
    """
    key = f"{table.key(asked.sheet, asked.slot)}-{asked.try_number}"
    item = item_of(table.module, asked.sheet, asked.slot, asked.try_number)
    answer = asked.sheet.answer(asked.slot, asked.try_number)
    holder = table.surface.empty()
    # Sent here, but another tab was first: she must learn which of the two answers counts.
    late = answer is not None and table.pressed(f"{key}/send")
    if answer is None:
        answer = _ask(table, asked, item, key, holder.container(key=f"card-{key}", gap="medium"))
    if answer is not None:
        fields.recorded(key)
    if answer is not None and asked.tells:
        card = holder.container(key=f"card-{key}-told", gap="medium")
        tell(table, asked, item, answer, card, late or asked.slot in table.desk.earlier)
        if asked.sheet.answer(asked.slot, asked.try_number) is None:
            # The button that was pressed is gone: the keyboard goes on at the verdict.
            card.html(f'<span data-sw-told="{escape(key)}"></span>')
    elif answer is not None:
        holder.empty()
        if late or asked.slot in table.desk.earlier:
            # The next question may take this place: what counts is told above it.
            holder.info(table.say("lesson.other_tab"), icon=":material/history:")
    return answer


def told_elsewhere(table: Table, sheet: Sheet) -> None:
    """Say so when this page sent an answer that another tab had given: the first one counts.

    For forms that do not draw what is answered.
    """
    for slot, try_number in sheet.answers:
        if table.pressed(f"{table.key(sheet, slot)}-{try_number}/send"):
            table.surface.info(table.say("lesson.other_tab"), icon=":material/history:")
            return


def heading(table: Table, asked: Asked, item: Item, card: Surface, notes: Notes) -> None:
    """The small line, the question itself, and what it shows."""
    head = card.container(gap="xxsmall")
    if asked.eyebrow:
        head.html(markup.eyebrow_html(asked.eyebrow))
    head.header(notes.render(pictured.words(item.stem)), anchor=False)
    for one in pictured.shown(item.stem):
        notes.place(card, one, table.say)


def _ask(table: Table, asked: Asked, item: Item, key: str, card: Surface) -> Answer | None:
    say, desk = table.say, table.desk
    kept_as = draft_slot(asked.slot, asked.try_number)
    draft = desk.draft(asked.sheet, kept_as)
    if not asked.tells:
        # One question takes the place of another: each begins at the top, with its heading.
        table.here(key, card)
    heading(table, asked, item, card, Notes(table.module, table.own))
    # Below a part of its own: an option may be called "send" as the button is.
    response = item.ask(card, f"{key}/part", draft.get("response") or {}, say)
    if response is None:
        fields.only_here(key)
    sure = _how_sure(card, say, draft, key) if agreed().confidence.asked else None

    send = card.button(say(asked.button), type="primary", key=f"{key}/send")
    if send or table.pressed(f"{key}/send"):
        if response is not None and item.complete(response):
            try:
                return desk.answer(asked.sheet, asked.slot, response, sure, asked.try_number)
            except BadInput as bad:
                card.error(str(bad), icon=":material/error:")
        else:
            missing = "choose_first" if response is None else "complete_first"
            card.warning(say(f"lesson.{missing}"), icon=":material/info:")
    # After the button: when there is no room to save, it must still be there to try again. What
    # could not be sent is kept as well, and so is that something was taken back.
    body = {"response": dict(response) if response else None, "sure": sure}
    if (response or sure or draft) and body != dict(draft):
        desk.save(asked.sheet, kept_as, body)
    return None


def _how_sure(card: Surface, say: Words, draft: Mapping[str, Any], key: str) -> str | None:
    words = {word: say(f"confidence.{word}") for word in CONFIDENCE}
    return card.pills(
        say("confidence.ask"),
        list(words),
        format_func=lambda word: words.get(word, ""),
        default=draft.get("sure"),
        help=say("confidence.help"),
        key=f"{key}/sure",
    )


def tell(
    table: Table, asked: Asked, item: Item, answer: Answer, card: Surface, late: bool = False
) -> None:
    """What was right, what was chosen, why; in a practice question at once."""
    say, notes = table.say, Notes(table.module, table.own)
    heading(table, asked, item, card, notes)
    if late:
        card.info(say("lesson.other_tab"), icon=":material/history:")
    item.review(card, answer.response, say)
    right = bool(answer.correct)
    kind = "good" if right else "again"
    box = card.container(key=f"{kind}-{table.key(asked.sheet, asked.slot)}-{asked.try_number}")
    icon = ":material/check_circle:" if right else ":material/undo:"
    verdict = "right" if right else "partly" if answer.score else "not_this"
    box.subheader(f"{icon} {say(f'lesson.{verdict}')}", anchor=False)
    if answer.was:
        first = "right" if answer.was.right else "partly" if answer.was.score else "not_this"
        box.markdown(say("lesson.corrected", before=say(f"lesson.{first}")))
    if surprise.surprised(item, answer):
        surprise.draw(table, asked.sheet, item, answer, box, notes)
    else:
        feedback = item.feedback(answer.response)
        for reason in feedback.why_tempts:
            box.markdown(f"**{say('lesson.tempts')}** {notes.render(reason)}")
        lead = "" if right else f"**{say('lesson.safer')}** "
        box.markdown(lead + notes.render(feedback.why_key))
    if item.question.source:
        card.caption(say("lesson.source", source=item.question.source))
    notes.draw(card, say)
    table.reports(card, f"item/{item.question.id}", asked.number)
