"""Parts of a brought file as a trainer judges them: what each became, and what did not come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modules import markup, pictured
from modules.basics import Surface, Words
from modules.exchange.items.becoming import PICTURE
from modules.exchange.items.brought import Brought, Note, Refused
from modules.exchange.items.ours import wrong_answers
from modules.exchange.items.pages import Page
from modules.questions import spoken
from modules.questions.number_text import write_number

ICON = {"changed": ":material/edit:", "left": ":material/remove_circle:"}
SHORT = 60
RASTER = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def notes(surface: Surface, say: Words, told: Sequence[Note]) -> None:
    """What was changed to fit, and what was left out."""
    for one in told:
        kind = say(f"bring.{one.kind}")
        surface.caption(f"{ICON[one.kind]} **{kind}:** {markup.literal(one.sentence)}")


def item(surface: Surface, say: Words, one: Brought, pictures: Mapping[str, bytes]) -> None:
    """One question as it would be kept: stem, answers with their reasons, notes."""
    name = f" · {markup.literal(one.name)}" if one.name else ""
    surface.caption(f"{markup.literal(one.place)}{name} · {say(f'bring.kind.{one.kind}')}")
    surface.markdown(_described(pictured.described(one.stem)))
    _shown(surface, one.pictures, pictures)
    if rows := list(_rows(say, one)):
        surface.markdown("\n".join(rows))
    if one.why:
        surface.markdown(say("bring.why", text=one.why))
    notes(surface, say, one.notes)


def _rows(say: Words, one: Brought) -> Iterator[str]:
    right, wrong = ":material/check_circle:", ":material/radio_button_unchecked:"
    for option in one.options:
        told = say("bring.right") if option.right else say("bring.wrong")
        mark = right if option.right else wrong
        yield f"- {mark} **{told}:** {_words(option.text)}{_why(say, option.why)}"
    for pair in one.pairs:
        both = say("bring.pair", left=_words(pair.left), right=_words(pair.right))
        yield f"- {both}{_why(say, pair.why)}"
    for spare in one.spare:
        yield f"- {say('bring.spare', right=_words(spare))}"
    yield from (f"{number}. {_words(step)}" for number, step in enumerate(one.steps, 1))
    if one.number:
        value = write_number(one.number.value, decimals=12)
        within = f" ± {one.number.tolerance:.12g}" if one.number.tolerance else ""
        unit = f" {_words(one.number.unit)}" if one.number.unit else ""
        yield f"- {right} {value}{within}{unit}{_why(say, one.number.why)}"
    if one.sentence:
        yield f"- {_words(one.sentence)}"
    for number, blank in enumerate(one.blanks, 1):
        accepted = markup.literal(" · ".join(blank.accept))
        yield f"- {right} {say('bring.gap', n=number, accept=accepted)}{_why(say, blank.why)}"
        for text, why in blank.wrong.items():
            yield f"  - {wrong} {say('bring.not', text=markup.literal(text))}{_why(say, why)}"


def _words(text: str) -> str:
    return markup.literal(spoken(text))


def _why(say: Words, why: str) -> str:
    return f" – {_words(why)}" if spoken(why) else f" – *{say('bring.no_reason')}*"


def beliefs(
    surface: Surface,
    say: Words,
    one: Brought,
    known: Mapping[str, str],
    held: Mapping[int, str],
    key: str,
) -> dict[int, str]:
    """The misconception that each wrong answer shows, if the trainer wants to name it here."""
    answers = wrong_answers(one)
    named = {number: tag for number, tag in held.items() if tag in known}
    # The list is long, so it is sent to those only who ask for it.
    label = say("bring.name_beliefs", place=one.place)
    if not answers or not surface.toggle(label, value=bool(named), key=f"{key}/named"):
        return {}
    found = {}
    offered = ["", *known]
    for number, text in enumerate(answers):
        heard = spoken(text)
        short = heard if len(heard) <= SHORT else f"{heard[:SHORT]}…"
        chosen = surface.selectbox(
            say("bring.belief", answer=markup.literal(short)),
            offered,
            index=offered.index(named.get(number, "")),
            format_func=lambda tag: known[tag] if tag else say("bring.no_belief"),
            key=f"{key}/{number}",
        )
        if chosen:
            found[number] = chosen
    return found


def page(surface: Surface, say: Words, one: Page, pictures: Mapping[str, bytes]) -> None:
    """One page of a document as the screen that it would be."""
    surface.caption(markup.literal(one.place))
    surface.markdown(f"**{markup.literal(one.title)}**")
    if one.markdown:
        surface.markdown(_described(one.markdown))
    _shown(surface, one.pictures, pictures)
    notes(surface, say, one.notes)


def _described(text: str) -> str:
    """A text with the words for its pictures, which stand below it."""
    return PICTURE.sub(lambda found: f"({found[1]})" if found[1] else "", text)


def _shown(surface: Surface, names: Sequence[str], pictures: Mapping[str, bytes]) -> None:
    for name in names:
        if pictures.get(name, b"").startswith(RASTER):
            surface.image(pictures[name], width=280)


def refused(surface: Surface, say: Words, told: Sequence[Refused]) -> None:
    """What was not taken, and why."""
    lines = []
    for one in told:
        name = f" · {markup.literal(one.name)}" if one.name else ""
        found = markup.literal(one.found)
        lines.append(f"- **{markup.literal(one.place)}{name}:** {markup.literal(one.sentence)}")
        lines.append(f"  \n  {say('bring.found', text=found)}" if found else "")
    surface.markdown("\n".join(filter(None, lines)))
