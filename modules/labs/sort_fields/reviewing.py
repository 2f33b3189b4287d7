"""What is said of a lab that was handed in: hints at first, then what is right and why."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.sort_fields.drawing import pair_rows
from modules.labs.sort_fields.grading import checks, fits, points
from modules.labs.sort_fields.options import Field, Pair
from modules.labs.sort_fields.release import neighbour
from modules.labs.sort_fields.state import State, samples
from modules.markup import given_html, person_html, table_html, uncited


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
    left = state.open()
    for number, card in enumerate(state.sorting, 1):
        title = words("lab.sort_fields.card", n=number, of=state.cards)
        if told:
            _told(surface, state, card, title, words, render)
        elif number not in left and (hint := _missed(state, card)):
            box = surface.container(key=f"again-lab-{card.id}", gap="small")
            box.header(f"{title}: {_name(card)}", anchor=False)
            _shown(box, state, card)
            box.markdown(render(state.options.hints[hint]))
    _release(surface, state, words, render, told)
    if left and not told:
        which = ", ".join(str(number) for number in left)
        surface.markdown(words("lab.sort_fields.left_open", which=which))


def _missed(state: State, card: Field | Pair) -> str:
    """The hint for what was missed on a card; "" for nothing."""
    failed = {check.key: check.hint for check in checks(state) if not check.passed}
    return failed.get(f"{card.id}/{'box' if isinstance(card, Field) else 'pair'}", "")


def _name(card: Field | Pair) -> str:
    return card.name if isinstance(card, Field) else f"{card.left} + {card.right}"


def _shown(box: Surface, state: State, card: Field | Pair) -> None:
    if isinstance(card, Field):
        rows = [[value] for value in samples(state, card)]
        box.html(table_html(card.name, [card.name], rows))
    else:
        box.html(table_html(_name(card), [card.left, card.right], pair_rows(state, card)))


def _told(
    surface: Surface, state: State, card: Field | Pair, title: str, words: Words, render: Render
) -> None:
    """All that there is to know of a card; folded where it was right or left open."""
    name = _name(card)
    given = state.boxes if isinstance(card, Field) else state.pairs
    if _missed(state, card) and card.id in given:
        box = surface.container(key=f"again-lab-{card.id}")
        box.header(f"{title}: {name}", anchor=False)
    else:
        icon = ":material/check_circle:" if card.id in given else ":material/circle:"
        tail = words("lab.sort_fields.right" if card.id in given else "lab.sort_fields.not_tried")
        box = surface.expander(f"{title}: {name}, {tail}", icon=icon)
    _shown(box, state, card)
    box.html(given_html(_answers(state, card, words)))
    box.markdown(render(card.why))


def _answers(state: State, card: Field | Pair, words: Words) -> list[tuple[str, str, str]]:
    if isinstance(card, Field):
        boxes, mine = state.options.boxes, state.boxes.get(card.id)
        right = mine if mine and fits(card, mine) else card.box
        right_text, mine_text = boxes[right], boxes[mine] if mine else ""  # type: ignore[index]
    else:
        yes, no = words("lab.sort_fields.pair_yes"), words("lab.sort_fields.pair_no")
        said = state.pairs.get(card.id)
        right_text = yes if points(state, card) else no
        mine_text = "" if said is None else yes if said else no
    if mine_text == right_text:
        return [(right_text, "right-yours", words("question.right_and_yours"))]
    yours = [(mine_text, "yours", words("question.your_answer"))] if mine_text else []
    return [*yours, (right_text, "right", words("question.right_answer"))]


def _release(surface: Surface, state: State, words: Words, render: Render, told: bool) -> None:
    """What the release lacks or lets out, and with ``told`` the least that does the task."""
    failed = [
        check.hint
        for check in checks(state)
        if check.hint.startswith("release") and not check.passed
    ]
    if not told and (not failed or not state.release):
        return
    title = words("lab.sort_fields.card", n=state.cards, of=state.cards)
    if failed:
        box = surface.container(key="again-lab-release", gap="small")
        box.header(f"{title}: {words('lab.sort_fields.release')}", anchor=False)
    else:
        right = words("lab.sort_fields.right")
        box = surface.expander(
            f"{title}: {words('lab.sort_fields.release')}, {right}", icon=":material/check_circle:"
        )
    box.markdown(state.drawn.task.text)
    for hint in failed if state.release else ():
        box.markdown(render(state.options.hints[hint]))
    if state.release:
        box.html(person_html(neighbour(state, state.release, words)))
    if told:
        least = [one.name for one in state.drawn.columns if one.id in state.drawn.task.least]
        box.html(given_html([(", ".join(least), "right", words("lab.sort_fields.least"))]))
        box.markdown(render(state.drawn.task.why))
