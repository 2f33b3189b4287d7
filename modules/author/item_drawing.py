"""Questions drawn on a surface: those that want another look as cards, then all of them."""

from __future__ import annotations

from modules import charts, markup
from modules.author import item_words as told
from modules.author.item_look import Look, how, table
from modules.author.items import Seen
from modules.basics import Surface
from modules.progress.item_telling import Item


def flagged(surface: Surface, seen: Seen, item: Item, look: Look) -> Surface:
    """One question as a card: what it asks, why it is here, what to do. Gives its last row."""
    say, module = look.say, seen.analysis.module
    box = surface.container(key=f"card-item-{item.form}-{item.id}", gap="small")
    names = " · ".join(say(f"items.flag.{flag}") for flag in item.flags)
    box.html(markup.eyebrow_html(f"{item.id} · {say(f'items.form.{item.form}')} · {names}"))
    box.header(markup.literal(told.stem(module, item)), anchor=False)
    for flag in item.flags:
        why = say(f"items.why.{flag}", **_numbers(item, look))
        box.markdown(f":material/flag: **{why}** {say(f'items.do.{flag}')}")
    if marks := told.picks(module, item, say):
        box.vega_lite_chart(
            charts.bars(marks, 0.0, "", look.dark),
            alt=say("items.picks_alt", item=item.id, values=told.every(marks)),
            key=f"items/picks/{item.form}/{item.id}",
            height="content",
        )
    line = _line(item, look)
    if (many := told.cases(module, item)) > 1:
        line = f"{line} · {say('items.cases', n=many)}"
    box.caption(line)
    row = box.container(horizontal=True, vertical_alignment="center")
    how(row, "picks", seen, look, f"{item.form}/{item.id}")
    return row


def _numbers(item: Item, look: Look) -> dict[str, object]:
    options = len([one for one in item.picks if not one.right and one.share.high < 0.05])
    return {
        "share": told.share(item.facility, look.say),
        "people": f"{item.people:,}",
        "index": f"{item.discrimination or 0:.0f}",
        "sure": f"{100 * (item.sure_wrong or 0):.0f}%",
        "options": options,
    }


def _line(item: Item, look: Look) -> str:
    say = look.say
    parts = [say("items.line_right", share=told.share(item.facility, say), n=f"{item.people:,}")]
    if item.sureness is not None:
        parts.append(say("items.line_sure", share=f"{100 * item.sureness:.0f}%"))
    if item.discrimination is not None and item.efficiency is not None:
        index, efficiency = f"{item.discrimination:.0f}", f"{item.efficiency:.0f}"
        parts.append(say("items.line_apart", index=index, efficiency=efficiency))
    return " · ".join(parts)


def every_question(surface: Surface, seen: Seen, look: Look) -> None:
    """All questions as a picture, as a table, and to take along."""
    say, items = look.say, seen.analysis.items
    box = surface.container(key="card-questions", gap="small")
    dots = told.dots(items, seen.pressing)
    box.header(say("items.all", n=len(items)), anchor=False)
    if dots:
        box.caption(say("items.all_about", least=2 * seen.least))
        values = "; ".join(
            say(
                "items.dot",
                name=one.label,
                share=f"{100 * one.share:.0f}%",
                apart=f"{one.apart:.0f}",
            )
            for one in dots
        )
        box.vega_lite_chart(
            charts.questions(dots, say("items.axis_right"), say("items.axis_apart"), look.dark),
            alt=say("items.all_alt", values=values),
            key="items/chart/questions",
        )
    table(box, "questions", told.header(say), told.rows(items, say), seen, look)
