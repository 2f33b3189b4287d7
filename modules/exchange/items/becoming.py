"""What becomes of each kind of item in our form: its fields, and what had to change or stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from modules.basics import Words
from modules.exchange.items.brought import Blank, Brought, Note
from modules.exchange.items.escaping import line
from modules.questions import spoken
from modules.questions.fill_in_item import LONGEST
from modules.questions.number_text import write_number
from modules.questions.typed_text import folded, same_text

PICTURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(([^()\s]*)\)")
LINK = re.compile(r"(?<!!)(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^()\s]*)\)")
# A tag whose first sign is no sign of ours: it was typed, or written twice over by a program.
TYPED_TAG = re.compile(
    r"\\</?(?:p|div|span|br|b|i|u|em|strong|img|sub|sup|ul|ol|li|font|h[1-6])\b[^<>]{0,200}>"
)
GAP = re.compile(r"(?<!\\)\{(\d{1,3})\}")
FIXED = re.compile(r"(all|none|both|neither)( of)? (the )?(above|these|those|options|answers)\b")
RIGHTS, GAPS = 6, 4
"""The most right sides of a matching, and gaps of a sentence, that our types hold."""
ANSWERS = 100
"""The most answers of one gap: each is held against all others."""
Fields = tuple[dict[str, Any], dict[str, Any]]
"""What an item has in ``questions.yaml``, and in its words."""


class Making:
    """The fields of one item by kind, each as structure and words; ``notes`` grow on the way."""

    def __init__(self, item: Brought, tag: str, tags: Mapping[int, str], say: Words) -> None:
        self.item, self.tag, self.tags, self.say = item, tag, tags, say
        self.notes: list[Note] = []

    def changed(self, sentence: str) -> None:
        """Note what was made to fit, once."""
        if (note := Note("changed", sentence)) not in self.notes:
            self.notes.append(note)

    def left(self, sentence: str) -> None:
        """Note what has no place, once."""
        if (note := Note("left", sentence)) not in self.notes:
            self.notes.append(note)

    def inline(self, text: str, what: str) -> str:
        """A text of one line without pictures and links, which ``what`` cannot show."""
        if PICTURE.search(text):
            self.left(f"A picture in {what} is told by its alternative text: only stems show one.")
            text = PICTURE.sub(lambda one: one[1] or line(one[2]), text)
        if LINK.search(text):
            self.changed(f"A link in {what} was taken as its words: only stems and reasons link.")
            text = LINK.sub(r"\1", text)
        return " ".join(text.split())

    def reason(self, why: str) -> str:
        """A reason; its pictures are told by their words."""
        if PICTURE.search(why):
            self.left("A picture in a reason is told by its alternative text.")
            why = PICTURE.sub(lambda one: one[1] or line(one[2]), why)
        return why.strip()

    def _tagged(self, number: int) -> dict[str, str]:
        """The misconception behind a wrong answer, by its number among those of the item."""
        tag = self.tags.get(number, self.tag)
        return {"tag": tag} if tag else {}

    def tell_general(self) -> None:
        """What has no field: tags; and which reason of two is shown."""
        item = self.item
        texts = [item.stem, item.sentence, *(one.text for one in item.options), *item.steps]
        texts += [side for pair in item.pairs for side in (pair.left, pair.right)]
        if tag := next((found for one in texts if (found := TYPED_TAG.search(one))), None):
            self.changed(
                f"HTML stands in it as text, such as “{tag[0][1:]}”, and is shown as typed. Take "
                "it out if it was meant to format."
            )
        if item.tags:
            self.left(f"Its tags are not kept: {', '.join(item.tags)[:200]}.")
        rights = [one for one in item.options if one.right and one.why.strip()]
        if item.why.strip() and rights and item.kind == "single_choice":
            self.changed(
                "It has a reason for everybody and one at the right option: learners see the "
                "option’s. Join them if both matter."
            )
        if item.why.strip() and rights and item.kind == "multiple_choice":
            self.changed(
                "It has a reason for everybody and some at right options: learners see the one "
                "for everybody. Join them if both matter."
            )

    def single_choice(self) -> Fields:
        """One option is right."""
        parts = [
            one for one in self.item.options if not one.right and one.share not in (None, 0, 0.0)
        ]
        if any((one.share or 0) > 0 for one in parts):
            self.changed("Some wrong options earned a part of the marks; here they earn nothing.")
        if any((one.share or 0) < 0 for one in parts):
            self.changed("Some wrong options cost marks; here they earn nothing.")
        if any(one.right and one.share not in (None, 1, 1.0) for one in self.item.options):
            self.changed("The right option earned a part of the marks; here it earns all.")
        return self._options()

    def multiple_choice(self) -> Fields:
        """All that fit are right; each counts the same, and a wrong one takes as much away."""
        rights = sum(one.right for one in self.item.options) or 1
        even = all(
            one.share is None or abs(one.share - (1 if one.right else -1) / rights) < 0.01
            for one in self.item.options
        )
        if not even:
            self.changed(
                "Its weights are not kept: each right option counts the same, and each wrong one "
                "takes as much away."
            )
        return self._options()

    def _options(self) -> Fields:
        structure: list[dict[str, Any]] = []
        words: dict[str, dict[str, str]] = {}
        options = self.item.options
        if not 2 <= len(options) <= 8:
            raise ValueError(f"It has {_count(len(options), 'option')}; ours has two to eight.")
        wrong = 0
        for letter, option in zip("abcdefgh", options, strict=False):
            one: dict[str, Any] = {"id": letter}
            if option.right:
                one["key"] = True
            else:
                one |= self._tagged(wrong)
                wrong += 1
            structure.append(one)
            text = self.inline(option.text, "an option")
            if self.item.truth:
                text = self.say("brought.true" if text == "True" else "brought.false")
            words[letter] = {"text": text, "why": self.reason(option.why)}
        extra: dict[str, Any] = {}
        if self.item.fixed:
            extra["shuffle"] = False
        elif any(FIXED.search(spoken(one.text).casefold()) for one in options):
            extra["shuffle"] = False
            self.changed("Its options keep their order, since one speaks of the others.")
        return {"options": structure} | extra, {"options": words}

    def matching(self) -> Fields:
        """Each left goes with a right; a right that serves several is written once."""
        item = self.item
        pairs = [
            (self.inline(one.left, "a pair"), self.inline(one.right, "a pair"), one.why)
            for one in item.pairs
        ]
        if not 2 <= len(pairs) <= 6:
            raise ValueError(f"It has {_count(len(pairs), 'pair')}; ours has two to six.")
        rights = {spoken(right): right for _, right, _ in pairs}
        spare = {spoken(one): self.inline(one, "a pair") for one in item.spare}
        spare = {heard: text for heard, text in spare.items() if heard not in rights}
        if over := list(spare.values())[max(0, RIGHTS - len(rights)) :]:
            self.left(f"Right sides beyond {RIGHTS} that belong to nothing: {'; '.join(over)}.")
        kept = {**rights, **dict(list(spare.items())[: RIGHTS - len(rights)])}
        if len(kept) < 2:
            raise ValueError("All its left sides go with the same right side: there is no choice.")
        ids = {heard: f"r{n}" for n, heard in enumerate(kept, 1)}
        left = []
        for n, (_, right, _) in enumerate(pairs, 1):
            to = ids[spoken(right)]
            one: dict[str, Any] = {"id": f"l{n}", "to": to}
            if self.tag:
                loose = list(ids.values())[len(rights) :] if n == 1 else []
                others = loose or [id for id in ids.values() if id != to][:1]
                one["tags"] = dict.fromkeys(others, self.tag)
            left.append(one)
        words = {
            "left": {
                f"l{n}": {"text": text, "why": self.reason(why)}
                for n, (text, _, why) in enumerate(pairs, 1)
            },
            "right": {ids[heard]: {"text": text} for heard, text in kept.items()},
        }
        return {"left": left, "right": [{"id": id} for id in ids.values()]}, words

    def ordering(self) -> Fields:
        """Steps in their right order."""
        steps = [self.inline(one, "a step") for one in self.item.steps]
        if not 3 <= len(steps) <= 6:
            raise ValueError(f"It has {_count(len(steps), 'step')}; ours has three to six.")
        named = {f"s{n}": text for n, text in enumerate(steps, 1)}
        structure = [{"id": id, "rank": n} for n, id in enumerate(named, 1)]
        return {"options": structure}, {
            "options": {id: {"text": text, "why": ""} for id, text in named.items()}
        }

    def numeric(self) -> Fields:
        """A number and how far one may be from it."""
        number = self.item.number
        if number is None:
            raise ValueError("It names no right number.")
        if not (isfinite(number.value) and isfinite(number.tolerance)):
            raise ValueError("Its number or its tolerance is not finite.")
        structure: dict[str, Any] = {"answer": f"{number.value:.15g}"}
        if number.tolerance:
            structure["tolerance"] = float(f"{number.tolerance:.12g}")
        structure["decimals"] = len(f"{number.value:.12f}".rstrip("0").partition(".")[2])
        words: dict[str, Any] = {}
        if unit := self.inline(number.unit, "a unit"):
            structure["unit_id"] = "unit"
            words["unit"] = unit
        if number.why.strip() and not self.item.why.strip():
            words["why"] = self.reason(number.why)
        elif number.why.strip():
            self.left(f"A second reason, at the number: “{spoken(number.why)[:200]}”.")
        return structure, words

    def fill_in(self) -> Fields:
        """A sentence with gaps; a question without one gets a line to answer in."""
        blanks = self.item.blanks
        if not 1 <= len(blanks) <= GAPS:
            raise ValueError(f"It has {_count(len(blanks), 'gap')}; ours has one to four.")
        told = self.inline(self.item.sentence, "a sentence") or "{1}"
        if not spoken(GAP.sub("", told)):
            told = self.say("brought.answer_line", gap=told)
            self.changed("The gap stands behind “Answer:”, since there was no sentence around it.")
        gaps, words, before = [], {}, 0
        for n, blank in enumerate(blanks, 1):
            gap, text = self._gap(blank, n, before)
            before += len(blank.wrong)
            gaps.append(gap)
            words[f"g{n}"] = text
        told = GAP.sub(lambda one: f"[[g{one[1]}]]", told)
        return {"gaps": gaps}, {"sentence": told, "gaps": words}

    def _gap(self, blank: Blank, n: int, before: int) -> Fields:
        if len(blank.accept) + len(blank.wrong) > ANSWERS:
            raise ValueError(f"Gap {n} has more than {ANSWERS} answers.")
        accept = self._typeable(blank.accept, n, ())
        if not accept:
            raise ValueError(
                f"Nothing that fits into gap {n} can be typed: an answer there has letters or "
                f"digits, and at most {LONGEST} characters."
            )
        label = self.inline(blank.label, "a gap’s name")
        if not spoken(label):
            one = len(self.item.blanks) == 1
            label = self.say("brought.answer") if one else self.say("brought.gap", n=n)
            self.changed("Gaps without a name were called “Answer” or “Gap 1”. Say what is asked.")
        gap: dict[str, Any] = {"id": f"g{n}"}
        words: dict[str, Any] = {"label": label, "accept": accept, "why": self.reason(blank.why)}
        wrong: dict[str, dict[str, Any]] = {}
        traps: list[dict[str, str]] = []
        for number, (text, why) in enumerate(blank.wrong.items(), before):
            taken = [one for known in wrong.values() for one in known["accept"]]
            if kept := self._typeable((text,), n, taken, accept):
                id = f"w{len(wrong) + 1}"
                wrong[id] = {"accept": kept, "why": self.reason(why)}
                traps.append({"id": id} | self._tagged(number))
        if wrong:
            return gap | {"traps": traps}, words | {"traps": wrong}
        return gap, words

    def _typeable(
        self, texts: tuple[str, ...], n: int, taken: Iterable[str], right: Iterable[str] = ()
    ) -> list[str]:
        kept: list[str] = []
        for text in (" ".join(one.split()) for one in texts):
            if not folded(text) or len(text) > LONGEST:
                self.left(
                    f"“{text[:80]}” in gap {n}: what is typed there has letters or digits, and at "
                    f"most {LONGEST} characters."
                )
            elif any(same_text(text, one) for one in right):
                self.changed(
                    f"“{text}” in gap {n} is right here as well: case, accents and spaces do not "
                    "count."
                )
            elif any(same_text(text, one) for one in (*kept, *taken)):
                self.changed(
                    f"“{text}” in gap {n} is there already: case, accents and spaces do not count."
                )
            else:
                kept.append(text)
        return kept


def _count(number: int, what: str) -> str:
    return f"{write_number(number)} {what}{'' if number == 1 else 's'}"
