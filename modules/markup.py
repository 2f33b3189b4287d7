"""Small pieces of HTML that Streamlit has no element for: escaped, styled by shell/style.css.

Pure strings, so that questions, scenarios and labs can use them: ``surface.html(given_html(…))``.
Every text argument is escaped here; callers pass plain text, never HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

_CITE = re.compile(r"\s*\[@[\w.-]+\]")
GIVEN_STATES = ("right", "yours", "plain", "right-yours")


def uncited(text: str) -> str:
    """``text`` without its cites of facts; Markdown stays."""
    return _CITE.sub("", text)


def given_html(rows: Sequence[tuple[str, str, str]]) -> str:
    """The options after checking: rows of text, state and a translated label.

    ``state`` is one of ``GIVEN_STATES``. A right or chosen row without a label is refused with
    ValueError, because colour alone would then carry the verdict.
    """
    items = []
    for text, state, label in rows:
        if state not in GIVEN_STATES:
            raise ValueError(f"state {state!r} is not one of {', '.join(GIVEN_STATES)}")
        if state != "plain" and not label:
            raise ValueError(f"the {state} row needs a label: colour alone says nothing")
        # The comma parts the two for a screen reader; the style sheet draws them apart.
        told = f'<span class="sw-hidden">, </span><b>{escape(label)}</b>' if label else ""
        items.append(
            f'<li class="sw-{state}" role="listitem"><span>{escape(text)}</span>{told}</li>'
        )
    return f'<ul class="sw-given" role="list">{"".join(items)}</ul>'


def meter_html(name: str, state: str, pips: int, of: int, label: str) -> str:
    """A meter: name in bold, its state in a word, ``of`` pips of which ``pips`` are filled.

    ``pips`` is clamped to 0..of. Two fifths or fewer are drawn in orange; the word says so too.
    ``label`` is the whole meter as a sentence: "Trust: rising, 4 of 5".
    """
    filled = max(0, min(pips, of))
    low = " sw-low" if filled * 5 <= of * 2 else ""
    row = '<i class="sw-on"></i>' * filled + "<i></i>" * (of - filled)
    return (
        f'<div class="sw-meter{low}" role="img" aria-label="{escape(label)}">'
        f"<b>{escape(name)}</b> <span>{escape(state)}</span>"
        f'<div class="sw-pips">{row}</div></div>'
    )


def steps_html(done: int, total: int, label: str, now: bool = True) -> str:
    """A bar of ``total`` steps: ``done`` in green and, if ``now``, the next one in gold.

    ``label`` names it for screen readers ("Step 3 of 6"); show the same words beside it.
    ``done`` is clamped to 0..total.
    """
    done = max(0, min(done, total))
    here = now and done < total
    kinds = [' class="sw-on"'] * done + [' class="sw-now"'] * here
    kinds += [""] * (total - len(kinds))
    parts = "".join(f"<i{kind}></i>" for kind in kinds)
    return (
        f'<div class="sw-steps" role="progressbar" aria-label="{escape(label)}" aria-valuemin="0"'
        f' aria-valuemax="{total}" aria-valuenow="{done}"'
        f' aria-valuetext="{done + here}/{total}">{parts}</div>'
    )


def bar_html(share: float, label: str) -> str:
    """A bar filled to ``share`` (0.0 to 1.0, clamped), named ``label`` for screen readers."""
    percent = round(100 * max(0.0, min(share, 1.0)))
    return (
        f'<div class="sw-bar" role="progressbar" aria-label="{escape(label)}" aria-valuemin="0"'
        f' aria-valuemax="100" aria-valuenow="{percent}"><i style="width:{percent}%"></i></div>'
    )


def bars_html(caption: str, rows: Sequence[tuple[str, float, str]], whole: str = "") -> str:
    """Bars below each other: a name, a share (0.0 to 1.0, clamped) and what stands at its end.

    Read out as a list called ``caption``; the bars themselves are for the eye. The row that is
    called ``whole`` stands for all the others, and is set apart.
    """
    parts = []
    for name, share, text in rows:
        percent = round(100 * max(0.0, min(share, 1.0)))
        kind = ' class="sw-whole"' if whole and name == whole else ""
        parts.append(
            f"<li{kind}><span>{escape(name)}</span>"
            f'<div class="sw-bar" aria-hidden="true"><i style="width:{percent}%"></i></div>'
            f"<b>{escape(text)}</b></li>"
        )
    return f'<ul class="sw-bars" aria-label="{escape(caption)}">{"".join(parts)}</ul>'


def eyebrow_html(text: str) -> str:
    """The small line above a title: date, place or scope."""
    return f'<p class="sw-eyebrow">{escape(text)}</p>'


def told_html(label: str, text: str) -> str:
    """A text as somebody wrote it, below what it is called."""
    name = f'<p class="sw-diff-field">{escape(label)}</p>' if label else ""
    return f'{name}<div class="sw-diff">{escape(text)}</div>'


def literal(text: str) -> str:
    """Text that somebody typed, such as a name, so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#$:~|])", r"\\\1", text)


# What text of an organisation's own may link to: web pages and mail.
_LINK = re.compile(r"\]\((?!https?://|mailto:)", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)
_FENCED = re.compile(r"^( {0,3})(```|~~~)", re.MULTILINE)


def written(text: str) -> str:
    """Markdown that somebody wrote for others, made safe: prose, lists, headings, links to pages.

    No HTML, pictures, formulas, colours or icons, and no link but to the web or to an address.
    Headings go one level down, since the page has its own. Everything else is shown as typed.
    """
    plain = re.sub(r"([\\<$])", r"\\\1", text)
    plain = plain.replace("![", "!\\[")
    plain = re.sub(r":(?=[A-Za-z][\w-]*[\[:/])", r"\:", plain)
    plain = _FENCED.sub(r"\1\\\2", plain)
    plain = _LINK.sub(r"]\(", plain)
    # A reference defined further down is a link too.
    plain = re.sub(r"^( {0,3})\[([^\]\n]+)\]:", r"\1\[\2]:", plain, flags=re.MULTILINE)
    return _HEADING.sub(lambda one: "#" * min(len(one[1]) + 1, 6), plain)


def person_html(text: str) -> str:
    """A sentence about one person whose data are at stake, beside the gold dot."""
    return f'<p class="sw-person"><i aria-hidden="true"></i>{escape(text)}</p>'


def quote_html(text: str) -> str:
    """A sentence somebody else said: in full ink, since Streamlit's quotes are too pale."""
    return f'<blockquote class="sw-quote">{escape(text)}</blockquote>'


def _own(address: str) -> None:
    if ":" in address or "\\" in address or address.startswith("//"):
        raise ValueError(f"{address!r} is not a file of this site")


def figure_html(src: str, alt: str, caption: str = "") -> str:
    """A picture of this site with its alternative text ("" when decorative) and a caption.

    ``src`` is a path here, such as ``app/static/cover-m01.svg``; another site or a scheme is
    refused with ValueError, because a picture from elsewhere would tell that site who reads.
    """
    _own(src)
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    picture = f'<img src="{escape(src)}" alt="{escape(alt)}">'
    return f'<figure class="sw-figure">{picture}{below}</figure>'


def player_html(
    src: str,
    title: str,
    caption: str,
    tracks: Sequence[tuple[str, str]],
    heard: bool = False,
) -> str:
    """A film or, ``heard``, a sound of this site, with its captions: (language, address) each.

    Nothing plays by itself, and the browser's own controls answer to the keyboard. The first
    captions are shown from the beginning. Addresses elsewhere are refused as in `figure_html`.
    """
    for one in (src, *(address for _, address in tracks)):
        _own(one)
    told = "".join(
        f'<track kind="captions" src="{escape(address)}" srclang="{escape(language)}"'
        f' label="{escape(language)}"{"" if number else " default"}>'
        for number, (language, address) in enumerate(tracks)
    )
    tag = "audio" if heard else "video"
    how = f'controls playsinline preload="metadata" aria-label="{escape(title)}"'
    player = f'<{tag} {how} src="{escape(src)}">{told}</{tag}>'
    below = f"<span>{escape(caption)}</span>" if caption else ""
    below = f"<figcaption><b>{escape(title)}</b>{' ' if below else ''}{below}</figcaption>"
    return f'<figure class="sw-figure">{player}{below}</figure>'


def facts_html(rows: Sequence[tuple[str, str]]) -> str:
    """Pairs of a name and its value, side by side where there is room."""
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows
    )
    return f'<dl class="sw-facts">{pairs}</dl>'


def table_html(
    caption: str,
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    hidden_caption: bool = True,
    compact: bool = False,
) -> str:
    """A static table: the first cell of a row is its heading, ``caption`` names the table.

    In a narrow place each row becomes a short list of "heading: value", so it never scrolls
    sideways; the explicit roles keep it a table for screen readers there. Rows of another
    length than ``header`` raise ValueError. Empty cells are read as empty: say why in words.

    ``compact`` keeps two or three short columns beside each other on a phone too: for numbers.
    """
    heads = "".join(
        f'<th scope="col" role="columnheader">{escape(text)}</th>'
        if text
        else '<td role="cell"></td>'
        for text in header
    )
    body = []
    for row in rows:
        first, *others = (escape(str(cell)) for cell in row)
        labels = [escape(text) for text in header[1:]]
        cells = "".join(
            f'<td role="cell" data-label="{label}">{cell}</td>'
            for label, cell in zip(labels, others, strict=True)
        )
        body.append(f'<tr role="row"><th scope="row" role="rowheader">{first}</th>{cells}</tr>')
    hide = ' class="sw-hidden"' if hidden_caption else ""
    kind = "sw-table sw-compact" if compact else "sw-table"
    return (
        f'<div class="{kind}"><table role="table"><caption{hide}>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def parts_html(rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """The parts of an answer after checking: each part's name, and below it answers.

    An answer is a translated label and a text. One answer is the right one, and the learner's;
    of two the first is the learner's and the second the right one. Other numbers, or a missing
    label, are refused with ValueError, because colour alone would then carry the verdict.
    """
    items = []
    for name, answers in rows:
        if len(answers) not in (1, 2) or not all(label for label, _ in answers):
            raise ValueError(f"the part {name!r} needs one or two answers with labels")
        states = ("right-yours",) if len(answers) == 1 else ("yours", "right")
        told = "".join(
            f'<p class="sw-{state}"><b>{escape(label)}</b><span class="sw-hidden">: </span>'
            f"<span>{escape(text)}</span></p>"
            for state, (label, text) in zip(states, answers, strict=True)
        )
        items.append(f'<li role="listitem"><p>{escape(name)}</p>{told}</li>')
    return f'<ul class="sw-parts" role="list">{"".join(items)}</ul>'


def gapped_html(texts: Sequence[str], gaps: Sequence[tuple[str, str]]) -> str:
    """A sentence with gaps between its ``texts``: each gap's name ("Gap 1") and what fills it.

    There is one text more than there are gaps, else ValueError.
    """
    filled = [
        f'<span class="sw-gap{"" if text else " sw-open"}"><i>{escape(name)}</i>'
        f'<span class="sw-hidden">: </span><b>{escape(text)}</b></span>'
        for name, text in gaps
    ]
    told = [f"{escape(text)}{gap}" for text, gap in zip(texts, [*filled, ""], strict=True)]
    return f'<p class="sw-gapped">{"".join(told)}</p>'


def term_html(word: str, id: str, title: str, definition: str, more: str) -> str:
    """A word whose definition opens where it stands, by the browser's own popover.

    ``definition`` is "" for a word that was defined above: its button opens the same one. ``id``
    is a term's id; one that could end an attribute is refused with ValueError. ``more`` names the
    link to the glossary. Usable inside a paragraph of Markdown.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", id):
        raise ValueError(f"{id!r} is not the id of a term")
    button = (
        f'<button type="button" class="sw-term" popovertarget="term-{id}">{escape(word)}</button>'
    )
    if not definition:
        return button
    # Markdown reads what stands between tags: it shall find text there, and one line.
    told = " ".join(escape(literal(definition)).split())
    return (
        f'{button}<span popover="auto" id="term-{id}" class="sw-definition" role="note">'
        f"<b>{escape(title)}</b> <span>{told}</span> "
        f'<a href="/glossary?term={id}">{escape(more)}</a></span>'
    )


def marked_html(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Text with the letters of ``spans`` (start and end, in order, apart) marked as found."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return f'<p class="sw-snippet">{"".join(parts)}{escape(text[at:])}</p>'
