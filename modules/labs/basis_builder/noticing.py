"""The notice: tick sentences, watch the letter grow, and see what its reader still asks."""

from __future__ import annotations

from dataclasses import replace

from modules import synth
from modules.basics import Surface, Words
from modules.labs.basis_builder.notice import words_in
from modules.labs.basis_builder.options import PARTS
from modules.labs.basis_builder.state import State
from modules.markup import bar_html, eyebrow_html, person_html, quote_html


def notice_card(card: Surface, now: State, title: str, key: str, words: Words) -> State:
    """Draw the sentences and the letter that they make; return what is held now."""
    options, told = now.options, now.drawn.told
    card.html(eyebrow_html(title))
    card.header(words("lab.basis_builder.notice"), anchor=False)
    card.markdown(words("lab.basis_builder.notice_for", name=told.name, story=told.story))
    box = card.container(key=f"places-{key}-notice", gap="xsmall")
    ticked = [
        one.id
        for one in now.drawn.sentences
        if box.checkbox(one.text, value=one.id in now.notice, key=f"{key}/notice/{one.id}")
    ]
    now = replace(now, notice=tuple(sorted(ticked)))
    letter = " ".join(one.text for one in now.chosen)
    card.subheader(words("lab.basis_builder.letter"), anchor=False)
    card.html(quote_html(letter or words("lab.basis_builder.blank")))
    count = words_in(now.chosen)
    long = words("lab.basis_builder.words", n=count, of=options.longest)
    card.markdown(long)
    card.html(bar_html(count / options.longest, long))
    card.html(person_html(asks_back(now, words)))
    return now


def asks_back(state: State, words: Words) -> str:
    """What a reader of the notice still asks: the parts on which there is no sentence at all."""
    there = {one.part for one in state.chosen}
    asked = " ".join(state.options.questions[part] for part in PARTS if part not in there)
    name = name_of(state.citizen)
    if asked and name:
        return words("lab.basis_builder.she_asks", name=name, questions=asked)
    if asked:
        return words("lab.basis_builder.asks", questions=asked)
    if name:
        return words("lab.basis_builder.she_asks_nothing", name=name)
    return words("lab.basis_builder.asks_nothing")


def name_of(resident_id: str) -> str:
    """First and last name of a resident of Fernleigh; "" for nobody."""
    if not resident_id:
        return ""
    folk = synth.fernleigh().table("residents")
    found = folk.where(folk["resident_id"] == resident_id)
    return f"{found['first_name'][0]} {found['last_name'][0]}" if len(found) else ""
