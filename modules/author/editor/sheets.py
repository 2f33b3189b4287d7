"""What is put in by searching: a form that writes through the editor's pen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from modules.author.editor.pen import Pen
from modules.author.editor.typed import Taker
from modules.author.insert import insert, own_record
from modules.author.sheet import Changes, Sheet
from modules.basics import Surface, Words
from modules.drafts.inserting import shelf
from modules.settings import settings


def sheet(pen: Pen, say: Words) -> Sheet:
    """The draft as that form has it; what it writes, the pen writes."""

    def save(_before: Mapping[str, str], changes: Changes, place: str) -> Mapping[str, str]:
        def every() -> None:
            for path, text in changes.items():
                pen.keep(path, text, place)

        pen.whole(every)
        return pen.files

    return Sheet(pen.files, pen.slug, pen.language, say, f"edit/{pen.id}", save, pen.may_write)


def search(
    pen: Pen,
    surface: Surface,
    say: Words,
    part: str,
    shipped: Mapping[str, str],
    today: date,
    again: Callable[[], None],
) -> None:
    """What can be put into the texts of a part, found by words, and records of the draft's own."""
    if not pen.may_write or not pen.takers:
        return
    # The index is built for whoever looks into it.
    if not surface.toggle(say("insert.open"), key=f"edit/{pen.id}/search/{part}"):
        return
    box = surface.container(gap="small")
    taker = _taker(pen, box, say, part)
    found = shelf(settings().content, pen.files, pen.language, today, say)
    draft = sheet(pen, say)
    # A fact that nobody read in the original may stand in a reason, and no grade may rest on it.
    graded = part.startswith("item/")

    def put(mark: str) -> Changes:
        return {taker.spot.path: pen.with_mark(taker.spot, mark)}

    if insert(box, draft, found, part, put, kinds=taker.kinds, graded=graded):
        again()
    more = box.expander(say("insert.new"), icon=":material/add:")
    if own_record(more, draft, dict(shipped), today):
        again()


def _taker(pen: Pen, box: Surface, say: Words, part: str) -> Taker:
    """The text that gets it: the one where the cursor stood last, unless another is chosen."""
    every = pen.takers
    if len(every) == 1:
        box.caption(say("insert.at_cursor"))
        return every[0]
    left = [(caret.when, n) for n, one in enumerate(every) if (caret := pen.caret(one.spot))]
    key, last = f"edit/{pen.id}/into/{part}", max(left, default=(0, 0))
    if pen.memory.get(f"{key}/last") != last or pen.memory.get(key) not in range(len(every)):
        pen.memory[f"{key}/last"], pen.memory[key] = last, last[1]
    names = {n: one.name for n, one in enumerate(every)}
    chosen = box.selectbox(
        say("insert.into"),
        list(names),
        format_func=lambda n: names.get(n, ""),
        key=key,
        help=say("insert.at_cursor"),
    )
    return every[int(chosen or 0)]
