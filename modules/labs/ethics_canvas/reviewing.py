"""What is said of a canvas that was handed in: hints at first, then what is right and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from modules.basics import Surface, Words
from modules.labs.ethics_canvas.chart import bars
from modules.labs.ethics_canvas.drawing import heading
from modules.labs.ethics_canvas.grading import checks
from modules.labs.ethics_canvas.options import Choice
from modules.labs.ethics_canvas.recount import carried
from modules.labs.ethics_canvas.state import CARDS, State
from modules.labs.lab import Render
from modules.markup import given_html, uncited

OF_CARD: Mapping[int, tuple[str, ...]] = {
    1: ("benefit",),
    2: ("groups",),
    3: ("least",),
    4: ("harm",),
    5: ("mitigation", "budget"),
    6: ("reason", "owner", "review"),
}
"""The hints that speak of each card."""


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw hints where something was missed; with ``told`` also what is right, and why.

    Nothing is said against what was left open: it is only named.
    """
    failed = {check.hint for check in checks(state) if not check.passed}
    left = state.open()
    for number in range(1, CARDS + 1):
        hints = [hint for hint in OF_CARD[number] if hint in failed]
        title = f"{words('lab.ethics_canvas.card', n=number, of=CARDS)}: {heading(number, words)}"
        missed = bool(hints) and number not in left
        if not told and not missed:
            continue
        if missed:
            box = surface.container(key=f"again-lab-{number}", gap="small")
            box.header(title, anchor=False)
            for hint in hints:
                box.markdown(render(state.options.hints[hint]))
        else:
            told_tail = (
                "lab.ethics_canvas.not_tried" if number in left else "lab.ethics_canvas.right"
            )
            tail = words(told_tail)
            icon = ":material/circle:" if number in left else ":material/check_circle:"
            box = surface.expander(f"{title}, {tail}", icon=icon)
        if told:
            _told(box, state, number, words, render)
    if left and not told:
        which = ", ".join(str(number) for number in left)
        surface.markdown(words("lab.ethics_canvas.left_open", which=which))


def _told(box: Surface, state: State, number: int, words: Words, render: Render) -> None:
    """All that there is to know of a card."""
    one, options = state.proposal, state.options
    if number == 1:
        _answers(box, state, "benefit", one.benefits, words, render)
    elif number == 2:
        out = [group for group in one.groups if group.id in carried(options.people, one)]
        names = "; ".join(group.name for group in out)
        box.html(given_html([(names, "right", words("lab.ethics_canvas.shown"))]))
        for cut in one.cuts:
            if cut.id in {group.cut for group in out}:
                box.html(bars(options.people, one, cut, words("lab.ethics_canvas.town")))
        box.markdown(one.found)
    elif number == 3:
        _answers(box, state, "least", one.ways, words, render)
    elif number == 4:
        seen = next(harm.text for harm in one.harms if harm.seen)
        box.html(given_html([(seen, "right", words("lab.ethics_canvas.shown"))]))
        box.markdown(words("lab.ethics_canvas.severity_yours"))
    elif number == 5:
        for harm in one.harms:
            meets = [each.text for each in one.mitigations if each.against == harm.id]
            box.markdown(words("lab.ethics_canvas.meets", harm=harm.text, which="; ".join(meets)))
    else:
        _answers(box, state, "reason", one.reasons, words, render)
        _answers(box, state, "owner", options.owners, words, render)
        _answers(box, state, "review", options.reviews, words, render)


def _answers(
    box: Surface,
    state: State,
    name: str,
    several: Sequence[Choice],
    words: Words,
    render: Render,
) -> None:
    """The learner's answer and a right one, each with its reason."""
    mine = next((one for one in several if one.id == state.picks.get(name)), None)
    right = mine if mine and mine.key else next(one for one in several if one.key)
    if mine is right:
        rows = [(right.text, "right-yours", words("question.right_and_yours"))]
    else:
        rows = [(mine.text, "yours", words("question.your_answer"))] if mine else []
        rows.append((right.text, "right", words("question.right_answer")))
    box.html(given_html(rows))
    if mine and mine is not right:
        box.markdown(render(mine.why))
    box.markdown(render(right.why))
