"""What is put in by searching: a form that writes through the editor's pen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from modules.author.editor.pen import Pen
from modules.author.insert import insert, own_record
from modules.author.sheet import Changes, Sheet
from modules.basics import Surface, Words
from modules.drafts import screens
from modules.drafts.inserting import shelf
from modules.settings import settings


def sheet(pen: Pen, say: Words) -> Sheet:
    """The draft as those forms have it; what they write, the pen writes."""

    def save(_before: Mapping[str, str], changes: Changes, place: str) -> Mapping[str, str]:
        for path, text in changes.items():
            pen.keep(path, text, place)
        return pen.files

    return Sheet(pen.files, pen.slug, pen.language, say, f"edit/{pen.id}", save, pen.may_write)


def search(
    pen: Pen,
    surface: Surface,
    say: Words,
    id: str,
    shipped: Mapping[str, str],
    today: date,
    again: Callable[[], None],
) -> None:
    """What can be put into a screen, found by words, and records of the draft's own."""
    if not pen.may_write:
        return
    draft, file = sheet(pen, say), pen.worded("lesson", "md")
    # The index is built for whoever looks into it.
    if not surface.toggle(say("insert.open"), key=f"edit/{pen.id}/search/{id}"):
        return
    box = surface.container(gap="small")
    found = shelf(settings().content, pen.files, pen.language, today, say)

    def put(mark: str) -> Changes:
        here = screens.screen(pen.files[file], id)
        text = f"{here.text} {mark}" if here else mark
        return {file: screens.put(pen.files[file], id, markdown=text)}

    if insert(box, draft, found, f"screen/{id}", put):
        again()
    more = box.expander(say("insert.new"), icon=":material/add:")
    if own_record(more, draft, dict(shipped), today):
        again()
