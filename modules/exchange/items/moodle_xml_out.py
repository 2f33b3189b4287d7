"""Our items as Moodle XML, with their pictures inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from html import escape

from modules.exchange.items import rendering
from modules.exchange.items.brought import Bank, Blank
from modules.exchange.items.sent import Sending, number, sent, shares, with_reasons_joined

FORMAT = "Moodle XML"
_GAP = re.compile(r"(?<!\\)\{(\d{1,3})\}")
_CLOZE = re.compile(r"([}#~/\"\\])")


def write(bank: Bank) -> tuple[bytes, Bank]:
    """The file, and what became of each item."""
    writer = _Writer(bank.pictures)
    written, told = sent(bank, FORMAT, writer.question)
    lines, category = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], ""
    for item, text in written:
        if item.category and item.category != category:
            category = item.category
            path = escape(f"$course$/top/{category}", quote=False)
            inside = f"<category><text>{path}</text></category>"
            lines.append(f'<question type="category">{inside}</question>')
        lines.append(text)
    return "\n".join([*lines, "</quiz>", ""]).encode(), told


class _Writer:
    """Writes questions; ``pictures`` are bytes by the names that texts give them."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.pictures = pictures

    def question(self, sending: Sending) -> str:
        """One <question>."""
        sending.item = item = with_reasons_joined(sending)
        kinds: Mapping[str, Callable[[Sending], tuple[str, str, str]]] = {
            "single_choice": self.choice,
            "multiple_choice": self.choice,
            "matching": self.matching,
            "ordering": self.ordering,
            "numeric": self.numeric,
            "fill_in": self.fill_in,
        }
        kind, stem, inside = kinds[item.kind](sending)
        tags = "".join(f"<tag><text>{_plain(tag)}</text></tag>" for tag in item.tags)
        return "\n".join(
            [
                f'<question type="{kind}">',
                f"<name><text>{_plain(item.name or rendering.words(item.stem)[:80])}</text></name>",
                self.text("questiontext", stem),
                self.text("generalfeedback", self.blocks(item.why)),
                "<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>",
                inside,
                f"<tags>{tags}</tags>" if tags else "",
                "</question>",
            ]
        )

    def blocks(self, text: str) -> str:
        """Markdown as Moodle's HTML."""
        return rendering.html(text, "@@PLUGINFILE@@/")

    def line(self, text: str) -> str:
        """One line of Markdown as Moodle's HTML."""
        return rendering.inline(text, "@@PLUGINFILE@@/")

    def text(self, tag: str, html: str, more: str = "", inside: str = "") -> str:
        """A part of a question with a text and the pictures that stand in it."""
        files = "".join(
            f'<file name="{escape(name)}" path="/" encoding="base64">'
            f"{base64.b64encode(data).decode()}</file>"
            for name, data in self.pictures.items()
            if f'@@PLUGINFILE@@/{escape(name)}"' in html
        )
        return f'<{tag}{more} format="html"><text>{_cdata(html)}</text>{files}{inside}</{tag}>'

    def answer(self, html: str, worth: float, why: str, inside: str = "") -> str:
        """An <answer> that is HTML, worth a share from -1 to 1."""
        feedback = self.text("feedback", self.blocks(why))
        return self.text("answer", html, f' fraction="{_percent(worth)}"', feedback + inside)

    def typed(self, text: str, worth: float, why: str, inside: str = "") -> str:
        """An <answer> that somebody types."""
        feedback = self.text("feedback", self.blocks(why))
        return (
            f'<answer fraction="{_percent(worth)}" format="moodle_auto_format">'
            f"<text>{_cdata(text)}</text>{inside}{feedback}</answer>"
        )

    def choice(self, sending: Sending) -> tuple[str, str, str]:
        """One or several options."""
        item = sending.item
        single = item.kind == "single_choice"
        shuffled = str(not item.fixed).lower()
        inside = [f"<single>{str(single).lower()}</single>"]
        inside.append(f"<shuffleanswers>{shuffled}</shuffleanswers>")
        inside += [
            self.answer(self.line(option.text), worth, option.why)
            for option, worth in zip(item.options, shares(item), strict=True)
        ]
        return "multichoice", self.blocks(item.stem), "\n".join(inside)

    def matching(self, sending: Sending) -> tuple[str, str, str]:
        """Pairs; an answer that belongs to nothing has an empty question."""
        item = sending.item
        pairs = [(self.line(pair.left), pair.right) for pair in item.pairs]
        pairs += [("", right) for right in item.spare]
        inside = ["<shuffleanswers>true</shuffleanswers>"]
        for left, right in pairs:
            if rendering.plain(right) is None:
                sending.changed("Right sides are plain words in Moodle: their marks are gone.")
            said = escape(rendering.words(right), quote=False)
            answer = f"<answer><text>{_cdata(said)}</text></answer>"
            inside.append(self.text("subquestion", left, inside=answer))
        return "matching", self.blocks(item.stem), "\n".join(inside)

    def ordering(self, sending: Sending) -> tuple[str, str, str]:
        """Steps, numbered by what Moodle calls their fraction."""
        sending.changed("Moodle reads it from version 4.4 on, or with the plug-in “ordering”.")
        inside = ["<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>"]
        inside.append("<selectcount>0</selectcount><gradingtype>ABSOLUTE_POSITION</gradingtype>")
        inside += [
            self.text("answer", self.line(step), f' fraction="{n}.0000000"')
            for n, step in enumerate(sending.item.steps, 1)
        ]
        return "ordering", self.blocks(sending.item.stem), "\n".join(inside)

    def numeric(self, sending: Sending) -> tuple[str, str, str]:
        """A number, its tolerance, its unit."""
        item = sending.item
        right = item.number
        if right is None:  # what reads and what makes items gives each numeric one its number
            raise ValueError(f"{item.place} has no number")
        tolerance = f"<tolerance>{number(right.tolerance)}</tolerance>"
        inside = self.typed(number(right.value), 1.0, right.why, tolerance)
        if right.unit:
            unit = f"<unit_name>{_plain(rendering.words(right.unit))}</unit_name>"
            inside += f"<units><unit><multiplier>1</multiplier>{unit}</unit></units>"
            inside += "<unitgradingtype>0</unitgradingtype><showunits>0</showunits>"
        return "numerical", self.blocks(item.stem), inside

    def fill_in(self, sending: Sending) -> tuple[str, str, str]:
        """One gap without a sentence as a short answer, all others as cloze."""
        item = sending.item
        if any(blank.label for blank in item.blanks):
            sending.left("The names of its gaps")
        if len(item.blanks) == 1 and item.sentence.strip() in ("", "{1}"):
            blank = item.blanks[0]
            inside = [self.typed(_starred(text), 1.0, blank.why) for text in blank.accept[:1]]
            inside += [self.typed(_starred(text), 1.0, "") for text in blank.accept[1:]]
            inside += [self.typed(_starred(text), 0.0, why) for text, why in blank.wrong.items()]
            usecase = "<usecase>0</usecase>\n"
            return "shortanswer", self.blocks(item.stem), usecase + "\n".join(inside)
        held = _GAP.sub(lambda found: f"\ue000{found[1]}\ue001", item.sentence)
        sentence = self.blocks(held)
        for n, blank in enumerate(item.blanks, 1):
            sentence = sentence.replace(f"\ue000{n}\ue001", _gap(blank))
        return "cloze", f"{self.blocks(item.stem)}\n{sentence}", ""


def _gap(blank: Blank) -> str:
    """A gap in Moodle's notation for it."""

    def answer(worth: str, text: str, why: str) -> str:
        told = f"#{_cloze(rendering.words(why))}" if why.strip() else ""
        return f"{worth}{_cloze(_starred(text))}{told}"

    answers = [answer("=", text, blank.why if not n else "") for n, text in enumerate(blank.accept)]
    answers += [answer("%0%", text, why) for text, why in blank.wrong.items()]
    return f"{{1:SHORTANSWER:{'~'.join(answers)}}}"


def _cloze(text: str) -> str:
    return _CLOZE.sub(r"\\\1", escape(text, quote=False))


def _starred(text: str) -> str:
    """An asterisk stands for any letters in Moodle, unless a backslash says otherwise."""
    return text.replace("*", "\\*")


def _percent(worth: float) -> str:
    return f"{100 * worth:.5f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _cdata(html: str) -> str:
    if not html:
        return ""
    return f"<![CDATA[{html.replace(']]>', ']]]]><![CDATA[>')}]]>"
