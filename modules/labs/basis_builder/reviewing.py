"""What is said of a lab that was handed in: hints at first, then what is right and why."""

from __future__ import annotations

from collections.abc import Sequence

from modules.basics import Surface, Words
from modules.labs.basis_builder.asking import sentence
from modules.labs.basis_builder.grading import checks, right
from modules.labs.basis_builder.notice import answers
from modules.labs.basis_builder.options import Card
from modules.labs.basis_builder.rules import telling
from modules.labs.basis_builder.state import ASKED, State
from modules.labs.lab import Check, Render
from modules.markup import parts_html, quote_html, table_html, uncited


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
    failed = [check for check in checks(state) if not check.passed]
    left = state.open()
    for number, card in enumerate(state.drawn.cards, 1):
        mine = [one for one in failed if one.key.startswith(f"{card.id}/")]
        title = f"{words('lab.basis_builder.card', n=number, of=state.pages)}: {card.name}"
        box = _box(surface, title, card.id, mine, told, number in left, words)
        if box is not None:
            _hints(box, [one for one in mine if one.key in state.answers], state, render)
            if told:
                box.html(parts_html(_card_parts(state, card, words)))
                box.markdown(render(card.why))
    _notice(surface, state, failed, words, render, told)
    _use(surface, state, failed, words, render, told)
    if told:
        _tally(surface, state, words)
    elif left:
        which = ", ".join(str(number) for number in left)
        surface.markdown(words("lab.basis_builder.left_open", which=which))


def _box(
    surface: Surface,
    title: str,
    name: str,
    mine: Sequence[Check],
    told: bool,
    is_open: bool,
    words: Words,
) -> Surface | None:
    """Where a page is spoken of: open where something was missed, folded where not."""
    if mine and not is_open:
        box = surface.container(key=f"again-lab-{name}", gap="small")
        box.header(title, anchor=False)
        return box
    if not told:
        return None
    icon = ":material/circle:" if is_open else ":material/check_circle:"
    tail = words("lab.basis_builder.not_tried" if is_open else "lab.basis_builder.right")
    folded: Surface = surface.expander(f"{title}, {tail}", icon=icon)
    return folded


def _hints(box: Surface, mine: Sequence[Check], state: State, render: Render) -> None:
    for hint in dict.fromkeys(check.hint for check in mine):
        box.markdown(render(state.options.hints[hint]))


def _card_parts(state: State, card: Card, words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    names = {
        "purpose": words("lab.basis_builder.purpose"),
        "basis": words("lab.basis_builder.basis"),
        "condition": words("lab.basis_builder.condition"),
        "told": words("lab.basis_builder.told"),
    }
    best = {
        "purpose": "fit",
        "basis": card.key[0],
        "condition": "yes" if card.special else "no",
        "told": telling(card),
    }
    rows = []
    for what in ASKED:
        mine = state.answers.get(f"{card.id}/{what}")
        if right(card, what, mine):
            told = [
                (words("question.right_and_yours"), _text(state, card, what, mine or "", words))
            ]
        else:
            told = [(words("question.right_answer"), _text(state, card, what, best[what], words))]
            if mine:
                yours = _text(state, card, what, mine, words)
                told.insert(0, (words("question.your_answer"), yours))
        rows.append((names[what], told))
    return rows


def _text(state: State, card: Card, what: str, value: str, words: Words) -> str:
    options = state.options
    if what == "purpose":
        return sentence(str(getattr(card, value)))
    if what == "basis":
        return options.bases[value]  # type: ignore[index]
    if what == "told":
        return options.told[value]  # type: ignore[index]
    return words("lab.basis_builder.needed" if value == "yes" else "lab.basis_builder.not_needed")


def _notice(
    surface: Surface,
    state: State,
    failed: Sequence[Check],
    words: Words,
    render: Render,
    told: bool,
) -> None:
    mine = [one for one in failed if one.key.startswith("notice/")]
    number = state.pages - 1
    title = words("lab.basis_builder.card", n=number, of=state.pages)
    title = f"{title}: {words('lab.basis_builder.notice')}"
    box = _box(surface, title, "notice", mine, told, not state.notice, words)
    if box is None:
        return
    if state.notice:
        box.html(quote_html(" ".join(one.text for one in state.chosen)))
        _hints(box, mine, state, render)
    if told and (mine or not state.notice):
        card = state.drawn.told
        model = [
            one.text
            for name in ("who", "why", "basis", "receives", "long", "rights")
            for one in state.drawn.sentences
            if one.id == name and answers(card, one)
        ]
        box.markdown(words("lab.basis_builder.model"))
        box.html(quote_html(" ".join(model)))


def _use(
    surface: Surface,
    state: State,
    failed: Sequence[Check],
    words: Words,
    render: Render,
    told: bool,
) -> None:
    mine = [one for one in failed if one.key.startswith("use/")]
    use = state.drawn.use
    title = words("lab.basis_builder.card", n=state.pages, of=state.pages)
    box = _box(
        surface, f"{title}: {use.name}", "use", mine, told, state.pages in state.open(), words
    )
    if box is None:
        return
    _hints(box, [one for one in mine if one.key in state.answers], state, render)
    if told:
        speaks = {
            True: words("lab.basis_builder.speaks_for"),
            False: words("lab.basis_builder.speaks_against"),
        }
        rows = [
            [state.options.factors[factor], getattr(use, factor), speaks[held]]  # type: ignore[index]
            for factor, held in use.speaks.items()
        ]
        heads = [
            words("lab.basis_builder.factor_head"),
            words("lab.basis_builder.case_head"),
            words("lab.basis_builder.speaks_head"),
        ]
        box.html(table_html(use.name, heads, rows))
        box.markdown(render(use.why))


def _tally(surface: Surface, state: State, words: Words) -> None:
    """What the entries stand on, and that people are told of each: the point of it all."""
    cards = state.drawn.cards
    rows = [
        [
            card.name,
            " / ".join(state.options.bases[one] for one in card.key),  # type: ignore[index]
            state.options.told[telling(card)],
        ]
        for card in cards
    ]
    heads = [
        words("lab.basis_builder.use_head"),
        words("lab.basis_builder.stands_head"),
        words("lab.basis_builder.told_head"),
    ]
    box = surface.container(key="again-lab-tally", gap="small")
    consent = sum("consent" in card.key for card in cards)
    told = words("lab.basis_builder.tally", n=consent, of=len(cards))
    box.header(told, anchor=False)
    box.html(table_html(told, heads, rows))
