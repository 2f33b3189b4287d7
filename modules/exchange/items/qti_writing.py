"""One item of ours as a QTI 2.1 assessmentItem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from modules.exchange.items import qti_phrases as xml
from modules.exchange.items import rendering
from modules.exchange.items.sent import Sending, number, shares, with_reasons_joined

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_GAP = re.compile(r"(?<!\\)\{(\d{1,3})\}")


def item(sending: Sending, identifier: str, pictures: str) -> str:
    """The XML of an item; ``pictures`` stands before the name of each picture."""
    sending.item = with_reasons_joined(sending)
    writing = _Writing(sending, pictures)
    kinds: Mapping[str, Callable[[], None]] = {
        "single_choice": writing.choice,
        "multiple_choice": writing.choice,
        "matching": writing.matching,
        "ordering": writing.ordering,
        "numeric": writing.numeric,
        "fill_in": writing.fill_in,
    }
    kinds[sending.item.kind]()
    if sending.item.why.strip():
        writing.to_everybody(sending.item.why)
    title = escape(sending.item.name or rendering.words(sending.item.stem)[:80] or identifier)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<assessmentItem xmlns="{SPACE}" identifier="{identifier}" title="{title}"'
            ' adaptive="false" timeDependent="false">',
            *writing.responses,
            '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
            "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>",
            *writing.outcomes,
            f"<itemBody>{writing.body}</itemBody>",
            writing.processing(),
            *writing.feedback,
            "</assessmentItem>",
            "",
        ]
    )


@dataclass
class _Writing:
    """The parts of an item as they come together."""

    sending: Sending
    pictures: str
    responses: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    body: str = ""
    template: str = ""

    def processing(self) -> str:
        """How it is marked: by a template of the standard where nothing is said to answers."""
        if self.template and not self.rules:
            return f'<responseProcessing template="{_TEMPLATES}/{self.template}"/>'
        scores = {
            "match_correct": xml.condition(
                f"<match>{xml.variable()}{xml.correct()}</match>", xml.score(xml.one())
            ),
            "map_response": xml.score('<mapResponse identifier="RESPONSE"/>'),
        }
        first = [scores[self.template]] if self.template else []
        return f"<responseProcessing>{''.join([*first, *self.rules])}</responseProcessing>"

    def declare(
        self,
        cardinality: str,
        base: str,
        right: Iterable[str],
        worth: Mapping[str, float] | None = None,
        name: str = "RESPONSE",
        bounds: str = "",
    ) -> None:
        """Declare a response."""
        values = "".join(f"<value>{escape(one)}</value>" for one in right)
        entries = ""
        if worth:
            said = ' caseSensitive="false"' if base == "string" else ""
            entries = "".join(
                f'<mapEntry mapKey="{escape(key)}" mappedValue="{number(value)}"{said}/>'
                for key, value in worth.items()
            )
            entries = f'<mapping{bounds} defaultValue="0">{entries}</mapping>'
        self.responses.append(
            f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" '
            f'baseType="{base}"><correctResponse>{values}</correctResponse>{entries}'
            "</responseDeclaration>"
        )

    def outcome(self, name: str, cardinality: str = "single", value: str = "") -> None:
        """Declare a variable that feedback is shown by."""
        inside = f"<defaultValue><value>{value}</value></defaultValue>" if value else ""
        self.outcomes.append(
            f'<outcomeDeclaration identifier="{name}" cardinality="{cardinality}" '
            f'baseType="identifier">{inside}</outcomeDeclaration>'
        )

    def says(self, outcome: str, value: str, why: str) -> None:
        """Something that is said when a variable has a value."""
        self.feedback.append(
            f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{value}" showHide="show">'
            f"{rendering.html(why, self.pictures)}</modalFeedback>"
        )

    def to_everybody(self, why: str) -> None:
        """What is said whatever was answered."""
        self.outcome("GENERAL", value="all")
        self.says("GENERAL", "all", why)

    def stem(self) -> str:
        """What is asked, as blocks."""
        return rendering.html(self.sending.item.stem, self.pictures)

    def line(self, text: str) -> str:
        """One line of text."""
        return rendering.inline(text, self.pictures)

    def choice(self) -> None:
        """One or several options."""
        item = self.sending.item
        ids = [f"choice-{n}" for n in range(1, len(item.options) + 1)]
        single = item.kind == "single_choice"
        rights = [id for id, option in zip(ids, item.options, strict=True) if option.right]
        plain = single and all(option.share is None for option in item.options)
        self.template = "match_correct" if plain else "map_response"
        worth = None if plain else dict(zip(ids, shares(item), strict=True))
        bounds = "" if single else ' lowerBound="0" upperBound="1"'
        cardinality = "single" if single else "multiple"
        self.declare(cardinality, "identifier", rights, worth, bounds=bounds)
        if any(option.why.strip() for option in item.options):
            self.outcome("FEEDBACK", cardinality)
            self.rules.append(
                f'<setOutcomeValue identifier="FEEDBACK">{xml.variable()}</setOutcomeValue>'
            )
            for id, option in zip(ids, item.options, strict=True):
                if option.why.strip():
                    self.says("FEEDBACK", id, option.why)
        choices = "".join(
            f'<simpleChoice identifier="{id}">{self.line(option.text)}</simpleChoice>'
            for id, option in zip(ids, item.options, strict=True)
        )
        self.body = (
            f'{self.stem()}<choiceInteraction responseIdentifier="RESPONSE" '
            f'shuffle="{str(not item.fixed).lower()}" '
            f'maxChoices="{1 if single else 0}">{choices}</choiceInteraction>'
        )

    def matching(self) -> None:
        """Two columns."""
        item = self.sending.item
        rights = dict.fromkeys([*(pair.right for pair in item.pairs), *item.spare])
        ids = {text: f"right-{n}" for n, text in enumerate(rights, 1)}
        found = [f"left-{n} {ids[pair.right]}" for n, pair in enumerate(item.pairs, 1)]
        self.template = "map_response"
        worth = dict.fromkeys(found, 1 / len(found))
        self.declare("multiple", "directedPair", found, worth, bounds=' lowerBound="0"')

        def entries(column: Iterable[tuple[str, str]], most: int) -> str:
            return "".join(
                f'<simpleAssociableChoice identifier="{id}" matchMax="{most}">{self.line(text)}'
                "</simpleAssociableChoice>"
                for id, text in column
            )

        lefts = entries(((f"left-{n}", pair.left) for n, pair in enumerate(item.pairs, 1)), 1)
        column = entries(((id, text) for text, id in ids.items()), 0)
        self.body = (
            f'{self.stem()}<matchInteraction responseIdentifier="RESPONSE" shuffle="true" '
            f'maxAssociations="{len(item.pairs)}"><simpleMatchSet>{lefts}</simpleMatchSet>'
            f"<simpleMatchSet>{column}</simpleMatchSet></matchInteraction>"
        )

    def ordering(self) -> None:
        """Steps, of which all are put in order."""
        steps = self.sending.item.steps
        ids = [f"step-{n}" for n in range(1, len(steps) + 1)]
        self.template = "match_correct"
        self.declare("ordered", "identifier", ids)
        choices = "".join(
            f'<simpleChoice identifier="{id}">{self.line(step)}</simpleChoice>'
            for id, step in zip(ids, steps, strict=True)
        )
        self.body = (
            f'{self.stem()}<orderInteraction responseIdentifier="RESPONSE" shuffle="true">'
            f"{choices}</orderInteraction>"
        )

    def numeric(self) -> None:
        """A number within a tolerance; its unit stands behind the field."""
        right = self.sending.item.number
        if right is None:  # what reads and what makes items gives each numeric one its number
            raise ValueError(f"{self.sending.item.place} has no number")
        self.declare("single", "float", [number(right.value)])
        said = ""
        if right.why.strip():
            self.outcome("FEEDBACK")
            said = xml.says("FEEDBACK", "right")
            self.says("FEEDBACK", "right", right.why)
        width = number(right.tolerance)
        near = f'toleranceMode="absolute" tolerance="{width} {width}"'
        how = near if right.tolerance else 'toleranceMode="exact"'
        equal = f"<equal {how}>{xml.variable()}{xml.correct()}</equal>"
        self.rules.append(xml.condition(equal, xml.score(xml.one()) + said))
        unit = f" {self.line(right.unit)}" if right.unit.strip() else ""
        self.body = f"{self.stem()}<p>{xml.entry('RESPONSE')}{unit}</p>"

    def fill_in(self) -> None:
        """Gaps in a sentence, each of which counts the same."""
        item = self.sending.item
        if any(blank.label for blank in item.blanks):
            self.sending.left("The names of its gaps")
        names = [f"RESPONSE{'' if n == 1 else f'-{n}'}" for n in range(1, len(item.blanks) + 1)]
        for n, (name, blank) in enumerate(zip(names, item.blanks, strict=True), 1):
            worth = dict.fromkeys(blank.accept, 1 / len(names))
            worth |= {text: 0.0 for text in blank.wrong if text not in worth}
            self.declare("single", "string", blank.accept[:1], worth, name)
            told = [("right", blank.accept, blank.why)]
            told += [(f"wrong-{w}", (t,), why) for w, (t, why) in enumerate(blank.wrong.items(), 1)]
            if not any(why.strip() for _, _, why in told):
                continue
            self.outcome(f"FEEDBACK-{n}")
            for value, texts, why in told:
                if why.strip():
                    same = "".join(xml.same(name, text) for text in texts)
                    if len(texts) > 1:
                        same = f"<or>{same}</or>"
                    self.rules.append(xml.condition(same, xml.says(f"FEEDBACK-{n}", value)))
                    self.says(f"FEEDBACK-{n}", value, why)
        mapped = "".join(f'<mapResponse identifier="{name}"/>' for name in names)
        if len(names) > 1:
            self.rules.insert(0, xml.score(f"<sum>{mapped}</sum>"))
        else:
            self.template = "map_response"
        held = _GAP.sub(lambda found: f"\ue000{found[1]}\ue001", item.sentence or "{1}")
        sentence = f"<p>{self.line(held)}</p>"
        for n, name in enumerate(names, 1):
            sentence = sentence.replace(f"\ue000{n}\ue001", xml.entry(name))
        self.body = f"{self.stem()}{sentence}"
