"""What each type of a question list needs of its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from modules.exchange.items.brought import Blank, Brought, Kind, Number, Option, Pair
from modules.exchange.items.gaps import FILL, FILLED
from modules.exchange.items.row import Amiss, Row
from modules.questions.number_text import LARGEST

TRUE, FALSE = {"true", "t", "yes", "y"}, {"false", "f", "no", "n"}
GAP = re.compile(r"_{3,}")
_LETTERS = re.compile(r"[A-Za-z](?:\s*(?:[,;/&+|]|\band\b)\s*[A-Za-z])*")
_NUMBERS = re.compile(r"\d{1,2}(?:\s*[,;/&+|]\s*\d{1,2})*")
NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{0,30})?(?:[eE][+-]?\d{1,3})?")


def rights(row: Row, options: dict[int, str], answer: str) -> list[int]:
    """The numbers of the right options: named by letter, by number or by their own text.

    What can be read in two ways is refused: a guess would make a wrong option the right one.
    """
    if not answer:
        raise row.amiss("answer", "it is empty. Name the right option: its letter, number or text.")
    counted = _counted(answer)
    texts = {text.casefold(): n for n, text in options.items()}
    whole = texts.get(answer.casefold())
    sign = r"[|;\n]" if counted is None else r"[|;,\n]"
    parts = [one.strip().casefold() for one in re.split(sign, answer)]
    by_text = [whole] if whole else [texts[one] for one in parts if one in texts]
    if whole is None and len(by_text) < len(parts):
        by_text = []
    if by_text and counted and set(counted) <= set(options) and set(counted) != set(by_text):
        raise row.amiss(
            "answer",
            f"found “{answer[:60]}”, which is the text of one option and the place of another. "
            "Name it by its letter.",
        )
    if by_text or counted is None:
        if not by_text:
            lost = next(one for one in parts if one not in texts)
            raise row.amiss(
                "answer",
                f"found “{lost[:60]}”, which is no option. Name the right option: its letter, "
                "number or text.",
            )
        return list(dict.fromkeys(by_text))
    if missing := [one for one in counted if one not in options]:
        raise row.amiss("answer", f"found “{answer[:60]}”, but option {missing[0]} is empty.")
    return list(dict.fromkeys(counted))


def _counted(answer: str) -> list[int] | None:
    """The places that letters or numbers name; None for anything else."""
    if _LETTERS.fullmatch(answer):
        return [ord(one.upper()) - 64 for one in re.findall(r"\b[A-Za-z]\b", answer)]
    if _NUMBERS.fullmatch(answer):
        return [int(one) for one in re.findall(r"\d+", answer)]
    return None


def _choice(row: Row, kind: Kind) -> Brought:
    options = row.options()
    right = rights(row, options, row.raw("answer"))
    if kind == "single_choice" and len(right) > 1:
        raise row.amiss("answer", "it names several options, and one is right in this type.")
    made = tuple(Option(row.told(text), n in right, row.why(n)) for n, text in options.items())
    return Brought(kind, "", "", "", options=made)


def _truth(row: Row) -> Brought:
    if row.options():
        return _choice(row, "single_choice")
    answer = row.raw("answer").casefold()
    if answer not in TRUE | FALSE:
        raise row.amiss("answer", f"found “{answer[:60]}”; expected true or false.")
    options = (
        Option("True", answer in TRUE, row.why(1)),
        Option("False", answer in FALSE, row.why(2)),
    )
    return Brought("single_choice", "", "", "", options=options, truth=True)


def _matching(row: Row) -> Brought:
    pairs, spare = [], []
    for number, text in row.options().items():
        left, arrow, right = text.partition("->")
        if not arrow or not right.strip():
            place = row.columns.named(row.columns.options[number])
            raise Amiss(f"Column “{place}”: found “{text[:60]}”; expected “left -> right”.")
        if left.strip():
            pairs.append(Pair(row.told(left.strip()), row.told(right.strip()), row.why(number)))
        else:
            spare.append(row.told(right.strip()))
    return Brought("matching", "", "", "", pairs=tuple(pairs), spare=tuple(spare))


def _ordering(row: Row) -> Brought:
    options = row.options()
    if answer := row.raw("answer"):
        order = rights(row, options, answer) if len(options) > 1 else []
        if sorted(order) != sorted(options):
            raise row.amiss(
                "answer",
                "it does not name each step once. Leave it empty when the "
                "columns hold the steps in their right order.",
            )
        options = {n: options[n] for n in order}
    return Brought("ordering", "", "", "", steps=tuple(row.told(text) for text in options.values()))


def _number(row: Row, field: str, text: str) -> Fraction:
    plain_text = text.replace("−", "-").replace(" ", "")
    if not NUMBER.fullmatch(plain_text):
        raise row.amiss(field, f"found “{text[:60]}”; expected a number such as 12.5.")
    number = Fraction(plain_text.replace(",", "."))
    if abs(number) > LARGEST:
        raise row.amiss(field, f"{text[:60]} is larger than what can be typed here.")
    return number


def _numeric(row: Row) -> Brought:
    low, dots, high = row.raw("answer").partition("..")
    value = _number(row, "answer", low)
    tolerance = row.raw("tolerance")
    within = _number(row, "tolerance", tolerance) if tolerance else Fraction(0)
    if dots:
        most = _number(row, "answer", high)
        value, within = (value + most) / 2, (most - value) / 2
    if within < 0:
        raise row.amiss("tolerance", "it is below nothing.")
    number = Number(float(value), float(within), row.told(row.raw("unit")))
    return Brought("numeric", "", "", "", number=number)


def _fill_in(row: Row) -> Brought:
    question = row.raw("question")
    gaps = GAP.findall(question)
    told = row.raw("answer") or "|".join(row.options().values())
    if not told:
        raise row.amiss("answer", "it is empty. Write what is right; several are parted by |.")
    parts = told.split(";") if len(gaps) > 1 else [told]
    if len(gaps) > 1 and len(parts) != len(gaps):
        raise row.amiss(
            "answer",
            f"found {len(parts)} answers for {len(gaps)} gaps. Part those of different gaps by ; "
            "and those of one gap by |.",
        )
    blanks = tuple(
        Blank(tuple(filter(None, (one.strip() for one in part.split("|"))))) for part in parts
    )
    if not gaps:
        return Brought("fill_in", "", "", "", blanks=blanks)
    row.tell("changed", FILLED)
    pieces = GAP.split(question)
    # Parted before each piece is escaped, so that the gaps' own braces are none of the text's.
    sentence = "".join(
        f"{' ' * piece[:1].isspace()}{row.told(piece.strip())}{' ' * piece[-1:].isspace()}"
        f"{f'{{{n}}}' if n <= len(gaps) else ''}"
        for n, piece in enumerate(pieces, 1)
    )
    return Brought("fill_in", "", "", FILL, sentence=sentence, blanks=blanks)


def _essay(row: Row) -> Brought:
    raise row.amiss("type", "somebody has to read the answer. Ours are graded at once.")


MAKE: dict[str, Callable[[Row], Brought]] = {
    "single_choice": lambda row: _choice(row, "single_choice"),
    "multiple_choice": lambda row: _choice(row, "multiple_choice"),
    "true_false": _truth,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "fill_in": _fill_in,
    "essay": _essay,
}
"""What reads each type; each raises Amiss with the column."""
