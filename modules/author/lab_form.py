"""A lab set up in a form made from what the lab itself says of its options, and tried beside it."""

from __future__ import annotations

import hashlib

from modules import fields, markup
from modules.author import lab_entries as entries
from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.course.check.practical import labs as check_labs
from modules.course.files.parts import Parts
from modules.course.files.practical import read_labs
from modules.course.files.reader import Reader
from modules.drafts import lab_lists, lab_options
from modules.drafts.lab_options import Setting
from modules.labs import LABS, LibraryMissing

LONGEST = 4000
SEEDS = 20


def lab(surface: Surface, pen: Pen, say: Words, name: str) -> None:
    """The form of one lab of a draft (``lab``, ``lab-2``), what is wrong with it, and a try."""
    which = lab_options.chosen(pen.files, pen.slug, name)
    if not which:
        known = ", ".join(sorted(LABS))
        surface.markdown(say("labs.unknown", known=markup.literal(known)))
        return
    surface.caption(say("labs.which", lab=which.replace("_", " ")))
    every = lab_options.settings(pen.files, pen.slug, name, pen.language)
    lists = lab_lists.lists(pen.files, pen.slug, name, pen.language)
    groups: dict[str, list[Setting]] = {}
    for one in every:
        nested = len(one.at) > 1 or one.at[0] in {listed.at[0] for listed in lists}
        groups.setdefault(str(one.at[0]) if nested else "", []).append(one)
    for listed in lists:
        groups.setdefault(str(listed.at[0]), [])
    for group, held in groups.items():
        key = f"edit/{pen.id}/{name}/group/{group}"
        box = surface.expander(group.replace("_", " "), key=key) if group else surface
        for one in held:
            _setting(box, pen, say, name, one)
        for listed in (one for one in lists if one.at[0] == group):
            entries.draw(box, pen, say, name, listed)
    _checked(surface, pen, say, name)
    _tried(surface, pen, say, name)


def _setting(surface: Surface, pen: Pen, say: Words, name: str, one: Setting) -> None:
    """The widget that fits a value; its range is the lab's own."""
    spot = lab_options.spot(pen.slug, name, pen.language, one)
    if one.kind in ("text", "lines"):
        lines = min(8, 1 + max(str(one.value).count("\n"), len(str(one.value)) // 70))
        help = say("labs.lines") if one.kind == "lines" else None
        pen.text(surface, one.name, spot, lines=lines, most=LONGEST, help=help)
    elif one.kind == "switch":
        pen.switch(surface, one.name, spot, now=bool(one.value))
    elif one.kind == "choice":
        names = {value: value for value in one.choices}
        pen.choice(surface, one.name, spot, names, now=one.value)
    elif one.kind == "several":
        pen.several(surface, one.name, spot, {value: value for value in one.choices})
    else:
        whole = one.kind == "whole"
        pen.number(
            surface, one.name, spot, least=one.least, most=one.most, whole=whole, now=one.value
        )


def _checked(surface: Surface, pen: Pen, say: Words, name: str) -> None:
    """Whether the right solution passes and a thoughtless one does not, with these options."""
    parts = Parts(pen.slug, pen.language, Reader(pen.files))
    read_labs(parts)
    parts.labs = {one: made for one, made in parts.labs.items() if one == name}
    if parts.labs:
        check_labs(parts)
    wrong = [one for one in parts.reader.problems if f"/{name}." in one.file]
    for problem in wrong:
        told = markup.literal(f"{problem.place}: {problem.sentence}")
        surface.markdown(f":orange[:material/error:] {told}")
    if not wrong:
        surface.markdown(f":material/check_circle: {say('labs.passes')}")


def _tried(surface: Surface, pen: Pen, say: Words, name: str) -> None:
    """The lab as a learner has it; nothing that is done here is kept."""
    key = f"edit/{pen.id}/{name}/try"
    if not surface.toggle(say("labs.try"), key=key):
        return
    made = lab_options.made(pen.files, pen.slug, name, pen.language)
    if made is None:
        surface.markdown(say("labs.not_yet"))
        return
    row = surface.container(horizontal=True)
    seed = row.number_input(say("labs.seed"), 1, SEEDS, 1, key=f"{key}/seed", width=160)
    lab = LABS[made.name]
    body = made.options.model_dump_json()
    of = hashlib.sha256(f"{made.name}/{seed}/{body}".encode()).hexdigest()[:12]
    box = surface.container(key=f"card-edit-{pen.id}-{name}-try".replace("/", "-"))
    try:
        state = fields.picked(f"{key}/{of}", None) or lab.start(made.options, f"try-{seed}")
        state = lab.play(box, state, f"{key}/{of}/play", say)
    except LibraryMissing as missing:
        box.markdown(markup.literal(str(missing)))
        return
    fields.put(f"{key}/{of}", state)
    if box.button(say("labs.hand_in"), key=f"{key}/{of}/grade"):
        right = lab.grade(state).right
        box.markdown(say("labs.right") if right else say("labs.not_right"))
