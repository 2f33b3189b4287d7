"""The lab on the page: one numbered card for each headline, and the review after submission."""

from __future__ import annotations

import re
from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.read_figure.grading import checks_of
from modules.labs.read_figure.options import TAGS, Headline, Options
from modules.labs.read_figure.state import LONGEST, Marks, State
from modules.markup import given_html, quote_html

_CITE = re.compile(r"\s*\[@[\w.-]+\]")
_SAFE = {"safe": True, "unsafe": False}


def uncited(text: str) -> str:
    """``text`` without its cites of facts; Markdown stays."""
    return _CITE.sub("", text)


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one headline's card, with pages to the others; return the marks held now."""
    headlines = state.in_order()
    marks = dict(state.marks)
    row = surface.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    number = row.pagination(len(headlines), key=f"{key}/page")
    told = row.container(width="content")
    headline = headlines[number - 1]
    card = surface.container(key=f"card-{key}-{headline.id}", gap="medium")
    title = words("lab.read_figure.headline", n=number, of=len(headlines))
    card.header(title, anchor=False)
    card.html(quote_html(uncited(headline.text)))
    marks[headline.id] = _card(
        card, state.options, headline, marks[headline.id], f"{key}/{headline.id}", words
    )
    now = replace(state, marks=marks)
    left = now.left()
    told.caption(
        words("lab.read_figure.left", n=left) if left else words("lab.read_figure.complete")
    )
    return now


def _card(
    card: Surface, options: Options, headline: Headline, marks: Marks, key: str, words: Words
) -> Marks:
    chosen: dict[str, str | None] = {}
    for tag in ("base", "date"):
        names = options.lists()[tag]
        ids = list(names)
        now = getattr(marks, tag)
        chosen[tag] = card.selectbox(
            words(f"lab.read_figure.{tag}"),
            ids,
            index=ids.index(now) if now in ids else None,
            format_func=lambda id_, names=names: names.get(id_, ""),
            placeholder=words("lab.read_figure.choose"),
            filter_mode=None,
            key=f"{key}/{tag}",
        )
    evidence = card.pills(
        words("lab.read_figure.evidence"),
        list(options.evidence),
        default=marks.evidence,
        format_func=lambda id_: options.evidence.get(id_, ""),
        key=f"{key}/evidence",
    )
    wording = card.pills(
        words("lab.read_figure.wording"),
        list(_SAFE),
        default=next((word for word, safe in _SAFE.items() if safe is marks.safe), None),
        format_func=lambda word: words(f"lab.read_figure.{word}"),
        key=f"{key}/wording",
    )
    safe = _SAFE.get(wording) if wording else None
    repair = marks.repair
    # Asked for only once it is called unsafe: a box from the start would give that away.
    if headline.repair and safe is False:
        repair = fields.text(
            card,
            words("lab.read_figure.repair"),
            key=f"{key}/repair",
            value=marks.repair,
            help=words("lab.read_figure.repair_help"),
            max_chars=LONGEST,
            lines=3,
        )
    return Marks(chosen["base"], chosen["date"], evidence, safe, repair)


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw hints where something was missed; with ``told`` also what is right, and models."""
    headlines = state.in_order()
    for number, headline in enumerate(headlines, 1):
        marks = state.marks[headline.id]
        failed = [check.hint for check in checks_of(headline, marks) if not check.passed]
        if not told:
            if failed:
                _hinted(surface, state, number, headline, failed, words, render)
            continue
        box = surface.container(key=f"{'again' if failed else 'good'}-lab-{headline.id}")
        verdict = words("lab.read_figure.some_missed" if failed else "lab.read_figure.all_right")
        title = words("lab.read_figure.headline", n=number, of=len(headlines))
        box.header(f"{title}: {verdict}", anchor=False)
        box.html(quote_html(uncited(headline.text)))
        for tag in TAGS:
            box.markdown(f"**{words(f'lab.read_figure.{tag}')}**")
            box.html(given_html(_rows(state.options, headline, marks, tag, words)))
            if tag in failed:
                box.markdown(render(state.options.hints[tag]))
        box.markdown(render(headline.why))
        if headline.repair:
            _repaired(box, state.options, headline, marks, failed, words, render)


def _hinted(
    surface: Surface,
    state: State,
    number: int,
    headline: Headline,
    failed: list[str],
    words: Words,
    render: Render,
) -> None:
    box = surface.container(key=f"again-lab-{headline.id}", gap="small")
    count = words("lab.read_figure.headline", n=number, of=len(state.marks))
    box.header(count, anchor=False)
    box.html(quote_html(uncited(headline.text)))
    for hint in failed:
        box.markdown(render(state.options.hints[hint]))


def _rows(
    options: Options, headline: Headline, marks: Marks, tag: str, words: Words
) -> list[tuple[str, str, str]]:
    def text(of: Headline | Marks) -> str:
        if tag == "wording":
            return "" if of.safe is None else words(f"lab.read_figure.{_word(of.safe)}")
        return options.lists()[tag].get(getattr(of, tag), "")

    right, mine = text(headline), text(marks)
    if mine == right:
        return [(right, "right-yours", words("question.right_and_yours"))]
    yours = [(mine, "yours", words("question.your_answer"))] if mine else []
    return [*yours, (right, "right", words("question.right_answer"))]


def _word(safe: bool) -> str:
    return "safe" if safe else "unsafe"


def _repaired(
    box: Surface,
    options: Options,
    headline: Headline,
    marks: Marks,
    failed: list[str],
    words: Words,
    render: Render,
) -> None:
    box.markdown(f"**{words('lab.read_figure.repair')}**")
    hints = [hint for hint in failed if hint not in TAGS]
    if marks.repair.strip():
        state, label = (
            ("yours", "question.your_answer") if hints else ("right-yours", "lab.read_figure.holds")
        )
        box.html(given_html([(marks.repair, state, words(label))]))
    for hint in hints:
        box.markdown(render(options.hints[hint]))
    box.html(given_html([(headline.model or "", "right", words("lab.read_figure.model"))]))
