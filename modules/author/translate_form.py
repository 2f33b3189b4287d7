"""A draft in two languages, side by side: the source on the left, what is typed on the right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from modules import fields, markup
from modules.author.sheet import Sheet
from modules.basics import Surface, Words
from modules.course.translations import Text, begun, compared, languages
from modules.drafts.agreeing import Hint, hints
from modules.drafts.translating import begin, confirm, offered, translated, withdrawn
from modules.words import tag

AT_ONCE = 10
"""Texts on the page at once: with more of them each letter typed would take longer."""
SHOWN = ("open", "missing", "stale", "all")


def choose(surface: Surface, sheet: Sheet, chosen: str, go: Callable[[str], None]) -> str:
    """Which language it is translated into: one that is begun, or a new one; "" for none yet."""
    say, every = sheet.say, begun(sheet.files, sheet.slug)
    row = surface.container(horizontal=True, vertical_alignment="bottom")
    if every:
        to = row.selectbox(
            say("translate.to"),
            every,
            index=every.index(chosen) if chosen in every else 0,
            key=f"{sheet.key}/to",
            width=160,
        )
        if to and to != chosen:
            go(str(to))
    elif not sheet.writes:
        surface.markdown(say("translate.one_only"))
    if sheet.writes:
        new = row.text_input(
            say("translate.new"),
            key=f"{sheet.key}/new",
            max_chars=12,
            help=say("translate.new_help"),
        )
        if row.button(say("translate.begin"), key=f"{sheet.key}/begin"):
            asked = (new or "").strip()
            if sheet.act(surface, lambda: begin(sheet.files, sheet.slug, asked), "translate"):
                go(tag(asked) or "")
    return chosen if chosen in every else every[0] if every else ""


def side_by_side(
    surface: Surface,
    sheet: Sheet,
    to: str,
    terms: Collection[str] | None,
    again: Callable[[], None],
) -> None:
    """The texts of one language: how many are there, and those that one works on now."""
    say, source = sheet.say, languages(sheet.files, sheet.slug)[0]
    every = compared(sheet.files, sheet.slug, source, to)
    head = surface.container(gap="small")
    _offer(surface, sheet, to, again)
    show, part, after = _filter(surface, sheet, every, to)
    paths = _view(sheet, every, to, show, part, after)
    known = {one.path: one for one in every}
    held = [known[path] for path in paths if path in known]
    if not held:
        surface.markdown(f":material/check_circle: {say('translate.none')}")
    for one in held:
        _text(surface, sheet, one, source, to, terms, again)
    _onward(surface, sheet, held, to, again)
    # Last, so that it counts what was typed in this run.
    every = compared(sheet.files, sheet.slug, source, to)
    done = sum(one.state == "there" for one in every)
    told = say("translate.progress", done=done, of=len(every), language=to)
    head.markdown(f"**{told}**")
    head.html(markup.bar_html(done / len(every) if every else 0.0, told))


def _offer(surface: Surface, sheet: Sheet, to: str, again: Callable[[], None]) -> None:
    """Whether learners are offered the language, and the button that changes it."""
    say, files, slug = sheet.say, sheet.files, sheet.slug
    live = to in languages(files, slug)
    row = surface.container(horizontal=True, vertical_alignment="center")
    row.markdown(say("translate.live") if live else say("translate.not_live"), width="content")
    if not sheet.writes:
        return
    label = say("translate.withdraw") if live else say("translate.offer")
    if row.button(label, key=f"{sheet.key}/offer/{to}"):
        change = withdrawn if live else offered
        if sheet.act(surface, lambda: change(files, slug, to), "translate"):
            again()


def _filter(surface: Surface, sheet: Sheet, every: Sequence[Text], to: str) -> tuple[str, str, str]:
    say, key = sheet.say, f"{sheet.key}/{to}"
    row = surface.container(horizontal=True, vertical_alignment="bottom")
    missing = sum(one.state == "missing" for one in every)
    stale = sum(one.state == "stale" for one in every)
    names = {
        "open": say("translate.show.open"),
        "missing": say("translate.show.missing"),
        "stale": say("translate.show.stale"),
        "all": say("translate.show.all"),
    }
    many = {"open": missing + stale, "missing": missing, "stale": stale, "all": len(every)}
    # The chosen one without its number, which changes as one types: a list closes, and forgets
    # what was chosen, when the name of its chosen entry changes.
    now = fields.picked(f"{key}/show", SHOWN[0])
    show = now if now in SHOWN else SHOWN[0]
    names = {one: name if one == show else f"{name} ({many[one]})" for one, name in names.items()}
    fields.put(f"{key}/show", show)
    row.selectbox(
        say("translate.show"),
        SHOWN,
        format_func=lambda one: names.get(one, ""),
        key=f"{key}/show",
        width=230,
    )
    parts = {
        "": say("translate.part.all"),
        "lesson": say("translate.part.lesson"),
        "questions": say("translate.part.questions"),
        "scenario": say("translate.part.scenario"),
        "lab": say("translate.part.lab"),
        "job-aid": say("translate.part.aid"),
    }
    there = ["", *(one for one in parts if any(_in(text, one) for text in every) and one)]
    part = row.selectbox(
        say("translate.part"), there, format_func=parts.__getitem__, key=f"{key}/part", width=200
    )
    after = fields.picked(f"{key}/after", "")
    return str(show), str(part or ""), str(after or "")


def _in(text: Text, part: str) -> bool:
    return not part or text.place.stem == part or text.place.stem.startswith(f"{part}-")


def _view(
    sheet: Sheet, every: Sequence[Text], to: str, show: str, part: str, after: str
) -> tuple[str, ...]:
    """The paths one works on: a text that is translated stays until one goes on."""
    key, asked = f"{sheet.key}/view", (to, show, part, after)
    kept = fields.picked(key, None)
    if isinstance(kept, tuple) and kept[0] == asked:
        return tuple(kept[1])
    order = [one.path for one in every]
    start = order.index(after) + 1 if after in order else 0
    wanted = {"open": ("missing", "stale"), "all": ("missing", "stale", "there")}.get(show, (show,))
    found = [one.path for one in every[start:] if one.state in wanted and _in(one, part)]
    fields.put(key, (asked, tuple(found[:AT_ONCE])))
    return tuple(found[:AT_ONCE])


def _text(
    surface: Surface,
    sheet: Sheet,
    one: Text,
    source: str,
    to: str,
    terms: Collection[str] | None,
    again: Callable[[], None],
) -> None:
    say, path = sheet.say, one.path
    card = surface.container(key=f"card-{sheet.key}-{to}-{path}".replace("/", "-"), gap="small")
    states = {
        "missing": say("translate.state.missing"),
        "stale": say("translate.state.stale"),
        "there": say("translate.state.there"),
    }
    head = card.container(horizontal=True, vertical_alignment="center")
    head.caption(path.replace("/", " › "))
    state = head.empty()
    left, right = card.columns(2, gap="medium")
    left.caption(say("translate.in", language=source))
    left.text(one.source)
    lines = min(12, 1 + max(one.source.count("\n"), len(one.source) // 60))
    typed = sheet.text(
        right,
        say("translate.in", language=to),
        f"{to}/{path}",
        one.target,
        lambda text: translated(sheet.files, sheet.slug, to, path, text),
        lines=lines,
        most=max(300, 3 * len(one.source)),
    )
    now = one.state if typed == one.target else "there" if typed.strip() else "missing"
    state.badge(states[now], color="green" if now == "there" else "orange")
    for hint in hints(one.source, typed, terms):
        right.markdown(f":material/lightbulb: {_told(hint, say)}")
    if now == "stale" and sheet.writes:
        still = right.button(say("translate.still"), key=f"{sheet.key}/{to}/{path}/still")
        confirmed = lambda: confirm(sheet.files, sheet.slug, to, path)  # noqa: E731
        if still and sheet.act(right, confirmed, f"{to}/{path}"):
            again()


def _told(hint: Hint, say: Words) -> str:
    what = ", ".join(map(markup.literal, hint.what))
    sentences = {
        "same": say("translate.hint.same"),
        "lost": say("translate.hint.lost", what=what),
        "more": say("translate.hint.more", what=what),
        "term": say("translate.hint.term", what=what),
        "numbers": say("translate.hint.numbers", what=what),
        "laws": say("translate.hint.laws"),
        "entries": say("translate.hint.entries"),
        "headings": say("translate.hint.headings"),
        "fences": say("translate.hint.fences"),
        "strong": say("translate.hint.strong"),
    }
    return sentences[hint.kind]


def _onward(
    surface: Surface, sheet: Sheet, held: Sequence[Text], to: str, again: Callable[[], None]
) -> None:
    say, key = sheet.say, f"{sheet.key}/{to}"
    row = surface.container(horizontal=True)
    if held and row.button(say("translate.next"), key=f"{key}/next", type="primary"):
        fields.put(f"{key}/after", held[-1].path)
        again()
    if fields.picked(f"{key}/after", "") and row.button(say("translate.first"), key=f"{key}/first"):
        fields.put(f"{key}/after", "")
        again()
