"""Aiken: a question in one line, options with letters, ``ANSWER:`` with the letter of the right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modules.exchange.items import reading
from modules.exchange.items.brought import Bank, Brought, Kind, Note, Option, Refused
from modules.exchange.items.escaping import line, paragraphs

# A small letter and a full stop without a blank may be the beginning of any text: "e.g."
_OPTION = re.compile(r"\s*([A-Z])[.)]\s*(\S.*)|\s*([a-z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"\s*ANSWERS?\s*:\s*(.*?)\s*$", re.IGNORECASE)
# Some programs write the reason below the answer, which the public description has not.
_WHY = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|REASON|RATIONALE)\s*:\s*(\S.*?)\s*$", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z](?:\s*(?:,|;|\band\b|\s)\s*[A-Za-z])*\.?")
_LOOKS = re.compile(rb"^[ \t]*ANSWERS?[ \t]*:[ \t]*[A-Za-z]\b", re.MULTILINE | re.IGNORECASE)


def looks(data: bytes, name: str) -> bool:
    """Whether a file may be Aiken: some line says which letter is right."""
    if name.casefold().endswith(".aiken"):
        return True
    return bool(_LOOKS.search(data[:100_000].replace(b"\x00", b"").replace(b"\r", b"\n")))


def read(data: bytes, name: str) -> Bank:
    """The questions of an Aiken file. Raises BadInput for what is no text."""
    text, notes = reading.text(data)
    items: list[Brought] = []
    refused: list[Refused] = []
    for number, lines in _between(text):
        if len(items) + len(refused) >= reading.MOST:
            raise reading.too_many()
        one = _question(number, lines)
        if isinstance(one, Refused):
            refused.append(one)
        else:
            items.append(one)
    return Bank("aiken", tuple(items), tuple(refused), notes)


def _between(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each question's lines: it ends with its ANSWER, or where another one begins."""
    lines: list[str] = []
    first, empty, options, over = 0, False, False, False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            empty = bool(lines)
            continue
        if over and _WHY.match(raw):
            lines.append(raw)
            continue
        if over:
            yield first, lines
            lines, options, over, empty = [], False, False, False
        # Behind an empty line and options, what is no option and no answer begins a question.
        option, answer = _OPTION.match(raw), _ANSWER.match(raw)
        if options and empty and not option and not answer:
            yield first, lines
            lines, options = [], False
        empty, options = False, options or bool(option)
        first = first if lines else number
        lines.append(raw)
        over = bool(answer)
    if lines:
        yield first, lines


def _question(number: int, lines: list[str]) -> Brought | Refused:
    stem: list[str] = []
    options: dict[str, str] = {}
    last, notes = "", list[Note]()

    def refuse(sentence: str) -> Refused:
        return Refused(
            f"line {number}", "", " ".join(" ".join(lines[:20])[:1_000].split())[:120], sentence
        )

    if (length := sum(map(len, lines))) > reading.LONGEST:
        return refuse(reading.too_long(length))
    behind: list[str] = []
    while any(map(_ANSWER.match, lines[:-1])) and (found := _WHY.match(lines[-1])):
        behind.insert(0, found[1])
        lines = lines[:-1]
    if not (answer := _ANSWER.match(lines[-1])):
        return refuse("No line “ANSWER: A” says which option is right.")
    for raw in lines[:-1]:
        found = _OPTION.match(raw)
        letter = (found[1] or found[3]).upper() if found else ""
        if found and (options or letter == "A"):
            last = letter
            if last in options:
                return refuse(f"Two options are called {last}.")
            options[last] = found[2] or found[4]
        elif options:
            options[last] = f"{options[last]} {raw.strip()}"
            notes = [Note("changed", "Options of several lines were joined to one line each.")]
        else:
            stem.append(raw.strip())
    if not stem:
        return refuse("No line before the options says what is asked.")
    if not options:
        return refuse("It has no options: write each in a line of its own, such as “A. Yes”.")
    if not _LETTERS.fullmatch(answer[1]):
        return refuse(f"“{answer[1][:60]}” is no letter of an option. Write “ANSWER: A”.")
    rights = [one.upper() for one in re.findall(r"\b[A-Za-z]\b", answer[1])]
    if unknown := [one for one in rights if one not in options]:
        return refuse(f"{', '.join(unknown)} is right, but there is no such option.")
    # The public description has one right option; where a file names several, all are meant.
    made = tuple(Option(line(text), letter in rights) for letter, text in options.items())
    kind: Kind = "single_choice" if len(set(rights)) == 1 else "multiple_choice"
    text = paragraphs("\n\n".join(stem))
    if len(stem) > 1:
        sentence = "Several lines stand before its options: each is a paragraph of what is asked."
        notes.append(Note("changed", sentence))
    why = paragraphs("\n\n".join(behind))
    return Brought(kind, f"line {number}", "", text, options=made, why=why, notes=tuple(notes))
