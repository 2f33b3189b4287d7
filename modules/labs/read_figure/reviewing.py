"""What is said of a lab that was handed in: hints at first, then what is right and why."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.read_figure.grading import checks_of
from modules.labs.read_figure.options import TAGS, Headline, Options
from modules.labs.read_figure.state import Marks, State
from modules.markup import given_html, quote_html, uncited


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw hints where something was missed; with ``told`` also what is right, and models.

    Nothing is said against what was left open: it is only named.
    """
    headlines = state.in_order()
    empty = []
    for number, headline in enumerate(headlines, 1):
        marks = state.marks[headline.id]
        title = words("lab.read_figure.headline", n=number, of=len(headlines))
        failed = [check.hint for check in checks_of(headline, marks) if not check.passed]
        if told:
            _told(surface, state.options, headline, marks, failed, title, words, render)
        elif marks.untouched():
            empty.append(str(number))
        elif failed:
            box = surface.container(key=f"again-lab-{headline.id}", gap="small")
            box.header(title, anchor=False)
            box.html(quote_html(uncited(headline.text)))
            _hints(box, state.options, marks, failed, render)
            if marks.open(mends=headline.repair is not None):
                box.markdown(words("lab.read_figure.part_open"))
    if empty:
        surface.markdown(words("lab.read_figure.left_open", which=", ".join(empty)))


def _hints(box: Surface, options: Options, marks: Marks, failed: list[str], render: Render) -> None:
    """One for each part that was filled in and does not hold."""
    for hint in failed:
        given = marks.repair.strip() if hint not in TAGS else _given(marks, hint)
        if given:
            box.markdown(render(options.hints[hint]))


def _given(marks: Marks, tag: str) -> bool:
    return getattr(marks, "safe" if tag == "wording" else tag) is not None


def _told(
    surface: Surface,
    options: Options,
    headline: Headline,
    marks: Marks,
    failed: list[str],
    title: str,
    words: Words,
    render: Render,
) -> None:
    """All that there is to know of a headline; folded where it was all right or left open."""
    if failed and not marks.untouched():
        box = surface.container(key=f"again-lab-{headline.id}")
        box.header(f"{title}: {words('lab.read_figure.some_missed')}", anchor=False)
    else:
        left = words("lab.read_figure.not_tried" if failed else "lab.read_figure.all_right")
        icon = ":material/circle:" if failed else ":material/check_circle:"
        box = surface.expander(f"{title}: {left}", icon=icon)
    box.html(quote_html(uncited(headline.text)))
    if headline.source:
        source = render(f"{headline.source} {options.survey}")
        box.markdown(words("lab.read_figure.source", told=source))
    right = [words(f"lab.read_figure.{tag}") for tag in TAGS if tag not in failed]
    for tag in [tag for tag in TAGS if tag in failed or not failed]:
        box.markdown(f"**{words(f'lab.read_figure.{tag}')}**")
        box.html(given_html(_rows(options, headline, marks, tag, words)))
    if failed and right:
        box.markdown(words("lab.read_figure.right_too", which=" ".join(right)))
    if headline.repair:
        _repaired(box, headline, marks, failed, words)
    _hints(box, options, marks, failed, render)
    box.markdown(render(headline.why))


def _rows(
    options: Options, headline: Headline, marks: Marks, tag: str, words: Words
) -> list[tuple[str, str, str]]:
    def text(of: Headline | Marks) -> str:
        if tag == "wording":
            word = "safe" if of.safe else "unsafe"
            return "" if of.safe is None else words(f"lab.read_figure.{word}")
        return options.lists()[tag].get(getattr(of, tag), "")

    right, mine = text(headline), text(marks)
    if mine == right:
        return [(right, "right-yours", words("question.right_and_yours"))]
    yours = [(mine, "yours", words("question.your_answer"))] if mine else []
    return [*yours, (right, "right", words("question.right_answer"))]


def _repaired(
    box: Surface, headline: Headline, marks: Marks, failed: list[str], words: Words
) -> None:
    box.markdown(f"**{words('lab.read_figure.repair')}**")
    rows = [(headline.model or "", "right", words("lab.read_figure.model"))]
    if marks.repair.strip():
        holds = all(hint in TAGS for hint in failed)
        state, label = (
            ("right-yours", "lab.read_figure.holds") if holds else ("yours", "question.your_answer")
        )
        rows.insert(0, (marks.repair, state, words(label)))
    box.html(given_html(rows))
