"""What is said of a lab that was handed in: hints at first, then what is right and why."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.prompt_hygiene.attack import attack
from modules.labs.prompt_hygiene.drawing import prompt_html, verdict
from modules.labs.prompt_hygiene.grading import checks, solve
from modules.labs.prompt_hygiene.state import State
from modules.markup import given_html, person_html, uncited


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw hints where something was missed; with ``told`` also what is right, and why.

    Nothing is said against what was left open: it is only named, once.
    """
    hints = [check.hint for check in checks(state) if not check.passed]
    left = state.open()
    for number, title, of in (
        (1, words("lab.prompt_hygiene.clean"), ("prompt",)),
        (2, words("lab.prompt_hygiene.draft"), ("draft", "sign")),
    ):
        missed = [hint for hint in hints if hint.startswith(of)]
        if number in left and not told:
            continue
        if not missed and not told:
            continue
        if missed:
            box = surface.container(key=f"again-lab-{number}", gap="small")
            box.header(title, anchor=False)
        else:
            right = f"{title}, {words('lab.prompt_hygiene.right')}"
            box = surface.expander(right, icon=":material/check_circle:")
        for hint in missed:
            box.markdown(render(state.options.hints[hint]))
        if number == 1:
            found = attack(state.prompt)
            box.html(person_html(verdict(found, state.options.least, words)))
        if told:
            (_prompt if number == 1 else _draft)(box, state, words, render)
    if left and not told:
        which = ", ".join(str(number) for number in left)
        surface.markdown(words("lab.prompt_hygiene.left_open", which=which))


def _rows(pairs: list[tuple[str, bool, bool]], words: Words) -> list[tuple[str, str, str]]:
    """Text, whether it was to be chosen, and whether it was: as rows of `given_html`."""
    rows = []
    for text, right, mine in pairs:
        if right and mine:
            rows.append((text, "right-yours", words("question.right_and_yours")))
        elif right:
            rows.append((text, "right", words("question.right_answer")))
        elif mine:
            rows.append((text, "yours", words("question.your_answer")))
        else:
            rows.append((text, "plain", ""))
    return rows


def _prompt(box: Surface, state: State, words: Words, render: Render) -> None:
    """The pieces that were missed, the prompt as it may go, and why for each piece."""
    texts = state.drawn.texts
    wrong = [
        one for one in state.options.pieces if (one.kind != "need") is not (one.id in state.covered)
    ]
    out, keep = words("lab.prompt_hygiene.out"), words("lab.prompt_hygiene.keep")
    if wrong:
        box.html(
            given_html(
                [(texts[one.id], "yours", keep if one.kind == "need" else out) for one in wrong]
            )
        )
    box.html(prompt_html(solve(state), words))
    box.markdown("\n".join(f"- {texts[one.id]}: {render(one.why)}" for one in state.options.pieces))


def _draft(box: Surface, state: State, words: Words, render: Render) -> None:
    """Each sentence and each way to send, with its reason."""
    by_id = {one.id: one for one in state.options.sentences}
    box.html(
        given_html(
            _rows(
                [
                    (text, bool(by_id[id_].error), id_ in state.marked)
                    for id_, text in state.drawn.letter
                ],
                words,
            )
        )
    )
    planted = [one for one in state.options.sentences if one.error]
    box.markdown("\n".join(f"- {render(one.why)}" for one in planted))
    box.markdown(f"**{words('lab.prompt_hygiene.sign')}**")
    ways = [(one.text, one.right, one.id == state.sign) for one in state.options.signs]
    box.html(given_html(_rows(ways, words)))
    box.markdown(render(next(one.why for one in state.options.signs if one.right)))
