"""The types of question in Moodle XML that have a place here, each into its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from modules.exchange.items.brought import Blank, Brought, Number, Option, Pair
from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.moodle_parts import Parts, plain, setting, share, yes
from modules.exchange.items.shares import settled

_STAR = re.compile(r"(?<!\\)\*")


def multichoice(parts: Parts) -> Brought:
    """One or several options, each with its share of the mark."""
    # Plug-ins ("all or nothing", Open University) have several right ones and do not say so.
    several = parts.question.get("type") in ("multichoiceset", "oumultiresponse")
    single = not several and yes(parts.question, "single", True)
    fixed = _kept(parts)
    parts.read.add("single")
    options = []
    for n, answer in enumerate(parts.of("answer"), 1):
        worth = share(answer.get("fraction", "0"), f"What option {n} is worth") / 100
        text = parts.line(answer, f"Option {n}")
        options.append(Option(text, worth > 0, _why(parts, answer, n), max(-1.0, min(worth, 1.0))))
    kind, settled_options = settled(options, single)
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought(kind, "", "", stem, settled_options, fixed=fixed)


def truefalse(parts: Parts) -> Brought:
    """A statement that holds or does not."""
    options = []
    for n, answer in enumerate(parts.of("answer"), 1):
        text = plain(answer).lower()
        if text not in ("true", "false"):
            raise NotTakenError(f"An answer is “{bare(text, 40)}”; true or false is expected.")
        right = share(answer.get("fraction", "0"), f"What {text} is worth") >= 100
        options.append(Option(text.capitalize(), right, _why(parts, answer, n)))
    if {option.text for option in options} != {"True", "False"} or len(options) != 2:
        raise NotTakenError("It needs one answer “true” and one “false”.")
    if sum(option.right for option in options) != 1:
        raise NotTakenError("One of “true” and “false” has to be worth 100, and the other less.")
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought("single_choice", "", "", stem, tuple(options), truth=True)


def shortanswer(parts: Parts) -> Brought:
    """A word or a few to type."""
    parts.read.add("usecase")
    if yes(parts.question, "usecase", False):
        parts.gathering.changed(
            "Moodle minds capital letters in its answer. Here they do not count."
        )
    answers = []
    for n, answer in enumerate(parts.of("answer"), 1):
        worth = share(answer.get("fraction", "100"), f"What answer {n} is worth")
        answers.append(Typed(plain(answer), worth, _why(parts, answer, n)))
    blank = typed(answers, parts)
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought("fill_in", "", "", stem, sentence="{1}", blanks=(blank,))


@dataclass(frozen=True)
class Typed:
    """A text that somebody may type, what it is worth in per cent, and what is said to it."""

    text: str
    worth: float
    why: str


def typed(answers: list[Typed], parts: Parts) -> Blank:
    """A blank from what may be typed into it."""
    accept, wrong, why = list[str](), dict[str, str](), ""
    for answer in answers:
        told = f"The answer “{bare(answer.text, 60)}”"
        if answer.text.strip() == "*":
            said = f": “{bare(answer.why, 120)}”" if answer.why else ""
            parts.gathering.left(f"What is said to any other answer was left out{said}.")
        elif _STAR.search(answer.text):
            parts.gathering.left(
                f"{told} stands for many, by its asterisk. It was left out: write out the texts."
            )
        elif answer.worth >= 100:
            accept.append(answer.text.replace("\\*", "*"))
            if answer.why and why and answer.why != why:
                parts.gathering.left(f"What is said to {told[4:]} was left out: “{answer.why}”")
            why = why or answer.why
        else:
            if answer.worth > 0:
                parts.gathering.changed(
                    f"{told} is worth {answer.worth:g} %. Here a typed answer is right or wrong, "
                    "and it counts as wrong."
                )
            wrong[answer.text.replace("\\*", "*")] = answer.why
    if not accept:
        raise NotTakenError("No text that can be typed is worth full marks.")
    return Blank(tuple(dict.fromkeys(accept)), why=why, wrong=wrong)


def numerical(parts: Parts) -> Brought:
    """A number with a tolerance, and a unit if there is one."""
    right = list[Number]()
    for n, answer in enumerate(parts.of("answer"), 1):
        why = _why(parts, answer, n)
        text = plain(answer)
        worth = share(answer.get("fraction", "100"), f"What answer {n} is worth")
        if worth < 100:
            what = "any other number" if text == "*" else f"{bare(text, 40)} ({worth:g} %)"
            said = f": “{bare(why, 120)}”" if why else "."
            parts.gathering.left(f"What is made of {what} was left out{said}")
            continue
        if text == "*":
            raise NotTakenError("Any number is right there, so there is nothing to answer.")
        wide = plain(answer.find("tolerance")) or "0"
        value, tolerance = share(text, "The right answer"), abs(share(wide, "The tolerance"))
        right.append(Number(value, tolerance, _unit(parts) if not right else "", why))
    if not right:
        raise NotTakenError("No number is worth full marks.")
    for other in right[1:]:
        parts.gathering.left(
            f"{other.value:g} is right there too. Here one number is: {right[0].value:g}."
        )
    # Its text is told by Parts.shared when it says anything.
    parts.read.update({"units", "unitgradingtype", "unitpenalty"})
    if setting(parts.question, "unitgradingtype") not in ("", "0"):
        parts.gathering.changed("Moodle takes marks off for a wrong unit. Here the unit is given.")
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought("numeric", "", "", stem, number=right[0])


def matching(parts: Parts) -> Brought:
    """Each text with what belongs to it; an answer without a text is a spare one."""
    if _kept(parts):
        parts.gathering.changed("Moodle keeps the order of its pairs. Here they are shuffled.")
    pairs, spare = list[Pair](), list[str]()
    for n, one in enumerate(parts.of("subquestion"), 1):
        left = parts.line(one, f"Pair {n}")
        right = parts.line(one.find("answer"), f"Pair {n}")
        if not right:
            raise NotTakenError(f"Pair {n} has no answer.")
        if left:
            pairs.append(Pair(left, right))
        else:
            spare.append(right)
    if not pairs:
        raise NotTakenError("It has no pair.")
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought("matching", "", "", stem, pairs=tuple(pairs), spare=tuple(dict.fromkeys(spare)))


def ordering(parts: Parts) -> Brought:
    """Steps, numbered by what Moodle calls their fraction."""
    parts.read.update({"selecttype", "selectcount", "gradingtype", "numberingstyle"})
    # 0 is all, as the plug-in once wrote it. A number beside "all" says nothing.
    if setting(parts.question, "selecttype") not in ("", "0", "all"):
        parts.gathering.changed("Moodle shows some of the steps at random. Here all are shown.")
    steps = []
    for n, answer in enumerate(parts.of("answer"), 1):
        at = share(answer.get("fraction", str(n)), f"The place of step {n}")
        steps.append((at, parts.line(answer, f"Step {n}")))
        if _why(parts, answer, n):
            parts.gathering.left(f"What is said to step {n} was left out.")
    if len({at for at, _ in steps}) == len(steps):
        steps.sort(key=lambda step: step[0])
    if len(steps) < 2 or not all(text for _, text in steps):
        raise NotTakenError("It needs two steps or more, each with a text.")
    stem = parts.blocks(parts.question.find("questiontext"))
    return Brought("ordering", "", "", stem, steps=tuple(text for _, text in steps))


def _why(parts: Parts, answer: etree._Element, n: int) -> str:
    return parts.line(answer.find("feedback"), f"The feedback to answer {n}")


def _unit(parts: Parts) -> str:
    """The unit that the number itself is in."""
    found = ""
    for unit in parts.question.iterfind("units/unit"):
        name = plain(unit.find("unit_name"))
        if share(plain(unit.find("multiplier")) or "1", "A unit's factor") == 1 and not found:
            found = name
        else:
            parts.gathering.left(f"The unit “{bare(name, 40)}” is taken there too. Here one is.")
    return bare(found, 60)


def _kept(parts: Parts) -> bool:
    """Whether Moodle keeps an order."""
    parts.read.add("shuffleanswers")
    return not yes(parts.question, "shuffleanswers", True)
