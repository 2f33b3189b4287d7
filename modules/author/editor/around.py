"""What stands around the form: heading, problems, the list of parts, source and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from modules import days, markup
from modules.access import PAGES, may
from modules.author.editor import comments, item, steps
from modules.author.editor.outline import Part, opened
from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.course import local
from modules.course.files.reader import Reader
from modules.drafts import moments, starting
from modules.drafts.spots import Spot
from modules.shell import parts
from modules.shell.menu import script

if TYPE_CHECKING:
    from db.draft_comments import Comment
    from modules.author.drafting import Opened
    from modules.shell.frame import Frame

MOST_SOURCE = 200_000


def chooser(
    pen: Pen,
    surface: Surface,
    say: Words,
    every: Sequence[Part],
    part: str,
    go: Callable[[str], None],
) -> None:
    """The list of parts; for who writes what can be added to it, else the way to the next one."""
    names = {one.at: one.name for one in every}
    names[part] = opened(pen, part, names[part], say)
    key = f"edit/{pen.id}/part"
    pen.memory[key] = part
    row = surface.container(horizontal=True, gap="small", vertical_alignment="bottom")
    row.selectbox(
        say("studio.part"),
        list(names),
        format_func=lambda one: names.get(one, one),
        key=key,
        on_change=lambda: go(pen.memory[key]),
    )
    if not pen.may_write:
        later = list(names)[list(names).index(part) + 1 :]
        if later:
            label = say("studio.next_part")
            row.button(label, key=f"edit/{pen.id}/next", on_click=go, args=(later[0],))
        return
    kinds = {
        "single_choice": say("studio.kind.single_choice"),
        "multiple_choice": say("studio.kind.multiple_choice"),
        "ordering": say("studio.kind.ordering"),
        "matching": say("studio.kind.matching"),
        "numeric": say("studio.kind.numeric"),
        "fill_in": say("studio.kind.fill_in"),
    }
    told = {"screen": say("studio.add_screen")}
    had = steps.kinds(pen)
    if "scenario" not in had:
        told["scenario"] = say("studio.add_story")
    if "aid" not in had:
        told["aid"] = say("studio.add_aid")
    told |= {kind: say("studio.add_item", kind=kinds[kind]) for kind in starting.KINDS}
    menu = f"edit/{pen.id}/new"

    def chosen() -> None:
        what = pen.memory.get(menu)
        added = {"screen": steps.add_screen, "scenario": steps.add_story, "aid": steps.add_aid}
        if what in added:
            pen.do(partial(added[what], say))
        elif what in starting.KINDS:
            pen.do(partial(item.begin, what, say))

    # A menu, not a popover: the Tab key comes to a popover's buttons only after the whole page.
    row.menu_button(
        say("studio.add"),
        list(told),
        format_func=lambda one: told[one],
        icon=":material/add:",
        key=menu,
        on_click=chosen,
    )


def source(pen: Pen, surface: Surface, say: Words) -> None:
    """Each file as it is written."""
    key = f"edit/{pen.id}/file"
    names = sorted(path for path, text in pen.files.items() if not text.startswith("sha256:"))
    if pen.memory.get(key) not in names:
        pen.memory[key] = (
            pen.worded("lesson", "md") if pen.worded("lesson", "md") in names else names[0]
        )
    chosen = surface.selectbox(say("studio.file"), names, key=key)
    surface.caption(say("studio.source_told"))
    box = surface.container(key=f"source-{pen.id}")
    pen.text(
        box,
        say("studio.file_text", path=chosen),
        Spot(chosen, (), "file"),
        lines=24,
        most=MOST_SOURCE,
    )


def history(frame: Frame, pen: Pen, surface: Surface, here: Opened) -> None:
    """Who wrote what when, and the way back to any moment."""
    say = frame.say
    if not here.steps:
        surface.caption(say("studio.no_history"))
        return
    surface.caption(say("studio.history_told"))
    for moment in moments.moments(here.steps):
        step = moment[0]
        line = surface.container(key=f"line-{pen.id}-history-{step.number}", gap="xxsmall")
        when = days.moment(step.at, frame.viewer.clock)
        place = step.place or step.path
        what = place.removeprefix(moments.BROUGHT)
        if place.startswith("#"):
            told = say("studio.went_back", who=step.by, what=place[1:], when=when)
        elif step.undoes:
            told = say("studio.undid", who=step.by, what=what, when=when)
        elif place.startswith(moments.BROUGHT):
            told = say("studio.brought", who=step.by, what=what, when=when)
        else:
            told = say("studio.did", who=step.by, what=what, when=when)
        line.markdown(markup.literal(told))
        if len(moment) == 1 and step.new and len(step.new) < 300:
            line.caption(markup.literal(" ".join(step.new.split())[:160]))
        back = partial(_back, step.number)
        pen.button(
            line, say("studio.go_back", n=step.number), f"back/{step.number}", back, type="tertiary"
        )


def _back(number: int, pen: Pen) -> None:
    pen.hand.go_back(number)


def head(frame: Frame, pen: Pen, here: Opened, said: Sequence[Comment]) -> None:
    """What is edited, when it was saved, one step back or forth, and where it goes on."""
    say, surface = frame.say, frame.surface
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
    title = pen.read(Spot(pen.worded("lesson", "md"), ("title",), "front")) or here.draft.slug
    right = parts.title_row(
        surface,
        say("studio.edit" if pen.may_write else "studio.read", title=markup.literal(str(title))),
        eyebrow=say("studio.eyebrow", module=here.draft.module),
    )
    row = right.container(horizontal=True, gap="small", vertical_alignment="center")
    when = days.clock(here.draft.changed_at, frame.viewer.clock)
    row.caption(f":material/cloud_done: {say('studio.saved', when=when)}", width="content")
    pen.button(row, say("studio.undo"), "undo", _undo, icon=":material/undo:")
    pen.button(row, say("studio.redo"), "redo", _redo, icon=":material/redo:")
    ways = surface.container(horizontal=True, gap="small")
    comments.to_publish(ways, say, pen.id, said)
    query = {"draft": pen.id}
    for name, label, icon in (
        ("translate", say("studio.translate"), ":material/translate:"),
        ("bring", say("studio.bring"), ":material/upload_file:"),
    ):
        if may(frame.viewer, PAGES, name):
            ways.page_link(script(name), label=label, icon=icon, query_params=query)
    for one in here.others:
        place = one.place or say("studio.somewhere")
        surface.caption(f":material/group: {say('studio.also', who=one.name, place=place)}")
    if not pen.may_write:
        surface.caption(say("studio.reading"))
        if here.may_write:
            label, query = say("publish.to_editor"), {"draft": pen.id}
            ways.page_link(script("edit"), label=label, icon=":material/edit:", query_params=query)


def _undo(pen: Pen) -> None:
    pen.hand.undo()


def _redo(pen: Pen) -> None:
    pen.hand.redo()


def clashes(pen: Pen, surface: Surface, say: Words) -> None:
    """Two texts of one place, side by side, and the choice between them."""
    for number, (stem, clash) in enumerate(list(pen.clashes.items())):
        box = surface.container(key=f"again-clash-{pen.id}-{number}", gap="small")
        box.header(say("studio.clash", what=clash.spot.place), anchor=False)
        box.markdown(say("studio.clash_told"))
        mine, theirs = box.columns(2)
        for column, label, text in (
            (mine, say("studio.yours"), clash.mine),
            (theirs, say("studio.theirs"), clash.theirs),
        ):
            column.subheader(label, anchor=False)
            column.code(text, language=None, wrap_lines=True)
        row = box.container(horizontal=True)
        takes: tuple[tuple[Literal["mine", "theirs", "both"], str], ...] = (
            ("mine", say("studio.keep_mine")),
            ("theirs", say("studio.keep_theirs")),
            ("both", say("studio.keep_both")),
        )
        for take, label in takes:
            act = partial(_settle, stem, take)
            pen.button(row, label, f"clash/{number}/{take}", act)


def _settle(stem: str, take: Literal["mine", "theirs", "both"], pen: Pen) -> None:
    pen.settle(stem, take)


def local_facts(shipped: Mapping[str, str]) -> dict[str, str]:
    """What only the organisation knows, by the mark that a text gets."""
    return {f"{{local:{key}}}": one.title for key, one in local.registry(Reader(shipped)).items()}


@lru_cache(maxsize=2)
def labs(root: Path) -> dict[str, tuple[str, str, str]]:
    """The labs of shipped modules, as they are set up there."""
    found = {}
    for path in sorted(root.glob("*/lab*.yaml")):
        words = path.with_name(f"{path.stem}.en.yaml")
        if path.stem.count(".") or not words.is_file():
            continue
        structure, text = path.read_text("utf-8"), words.read_text("utf-8")
        read: Any = Spot("").read(text)
        title = str((read or {}).get("title") or path.stem)
        found[f"{path.parent.name}/{path.stem}"] = (title, structure, text)
    return found
