"""How a QTI item is marked: what it declares as right, and the rules by which it counts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_tree import words

NUMBERS = ("float", "integer")
# Rules of one item.
MOST = 1_000


def number(written: str | None, what: str) -> float:
    """A finite number."""
    try:
        value = float((written or "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NotTakenError(f"{what} is “{bare(written or '', 40)}”. A number is expected there.")
    return value


@dataclass(frozen=True)
class Declared:
    """A response: what kind it is, what is right, and what each value is worth."""

    name: str
    cardinality: str
    base: str
    right: tuple[str, ...]
    worth: dict[str, float]
    upper: float | None


@dataclass
class Marking:
    """The rules of an item, as far as its responses are concerned.

    ``worth`` is by response and value, from rules that name values one by one; ``near`` holds
    numbers that are right with how far an answer may be; ``right`` and ``mapped`` name responses
    that count by what they declare. ``said`` is which value of a feedback's variable goes with
    which response and what of it ("right", "wrong", or a value); ``chosen`` are variables that hold
    the choice itself, ``always`` values that a variable has whatever is answered.
    """

    declared: dict[str, Declared] = field(default_factory=dict)
    right: set[str] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)
    worth: dict[str, dict[str, float]] = field(default_factory=dict)
    near: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    exact: bool = False
    said: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    always: set[tuple[str, str]] = field(default_factory=set)
    ruled: bool = False


def marking(item: etree._Element) -> Marking:
    """The marking of an item. Raises NotTakenError for rules that have no form here."""
    made = Marking()
    for one in item.iterfind("responseDeclaration"):
        declared = _declared(one)
        made.declared[declared.name] = declared
    outcomes = {str(one.get("identifier")): one for one in item.iterfind("outcomeDeclaration")}
    feedback = {n for n, one in outcomes.items() if one.get("baseType") == "identifier"}
    for name in feedback:
        made.always |= {(name, words(v)) for v in outcomes[name].iterfind("defaultValue/value")}
    rules = item.find("responseProcessing")
    if rules is None:
        return made
    if len(rules) > MOST or sum(1 for _ in rules.iter()) > 20 * MOST:
        raise NotTakenError(f"It is marked by more than {MOST:,} rules.")
    template = (rules.get("template") or "").rsplit("/", 1)[-1].removesuffix(".xml").lower()
    if template == "match_correct":
        made.right |= set(made.declared)
        made.exact = made.ruled = True
    elif template == "map_response":
        made.mapped |= set(made.declared)
        made.ruled = True
    elif template and len(rules) == 0:
        raise NotTakenError(
            f"It is marked by rules that are kept elsewhere (“{bare(template, 60)}”)."
        )
    else:
        _Rules(made, feedback).all(rules)
    return made


def _declared(one: etree._Element) -> Declared:
    mapping, worth, upper = one.find("mapping"), dict[str, float](), None
    if one.find("areaMapping") is not None:
        raise NotTakenError(
            "It is answered by a place in a picture. Write it as a hotspot question."
        )
    if mapping is not None:
        for entry in mapping.iterfind("mapEntry"):
            key = " ".join((entry.get("mapKey") or "").split())
            worth[key] = number(entry.get("mappedValue"), f"What “{bare(key, 40)}” is worth")
        if mapping.get("upperBound"):
            upper = number(mapping.get("upperBound"), "The most that it is worth")
        if number(mapping.get("defaultValue") or "0", "The default worth") > 0:
            raise NotTakenError("Any other answer is worth something there, so none is wrong.")
    return Declared(
        str(one.get("identifier") or ""),
        str(one.get("cardinality") or "single"),
        str(one.get("baseType") or "identifier"),
        tuple(words(value) for value in one.iterfind("correctResponse/value")),
        worth,
        upper,
    )


@dataclass(frozen=True)
class Test:
    """One thing that a condition asks of a response."""

    kind: str  # "right", "value", "near", "empty"
    response: str
    value: str = ""
    low: float = -math.inf
    high: float = math.inf


class _Rules:
    """Response processing, read rule by rule into a `Marking`."""

    def __init__(self, made: Marking, feedback: set[str]) -> None:
        self.made, self.feedback = made, feedback

    def all(self, rules: etree._Element) -> None:
        for rule in rules:
            if rule.tag == "setOutcomeValue":
                self.sets(rule, ())
            elif rule.tag == "responseCondition":
                self.condition(rule, ())
            elif rule.tag != "exitResponse":
                raise _own_rules(rule)

    def condition(self, rule: etree._Element, above: tuple[Test, ...]) -> None:
        for branch in rule:
            actions = list(branch)
            ways: list[tuple[Test, ...]] = [above]
            if branch.tag in ("responseIf", "responseElseIf"):
                if not actions:
                    raise _own_rules(branch)
                ways = [above + way for way in self.ways(actions.pop(0))]
            elif branch.tag != "responseElse":
                raise _own_rules(branch)
            for action in actions:
                if action.tag == "responseCondition":
                    self.condition(action, ways[0] if len(ways) == 1 else above)
                elif action.tag == "setOutcomeValue":
                    for way in ways:
                        self.sets(action, way, otherwise=branch.tag == "responseElse")
                elif action.tag != "exitResponse":
                    raise _own_rules(action)

    def sets(self, rule: etree._Element, way: tuple[Test, ...], otherwise: bool = False) -> None:
        name, made = str(rule.get("identifier")), self.made
        tests = tuple(test for test in way if test.kind != "empty")
        if name in self.feedback:
            values = [words(one) for one in rule.iter("baseValue")]
            if not values and not tests and rule.find(".//variable") is not None:
                made.chosen.add(name)
            for value in values:
                if not tests and not otherwise and not way:
                    made.always.add((name, value))
                else:
                    kind = "wrong" if not tests else tests[0].value or "right"
                    whose = tests[0].response if tests else ""
                    made.said.setdefault((name, value), (whose, kind))
            return
        if name.upper() in ("MAXSCORE", "COMPLETIONSTATUS", "COMPLETION_STATUS", "PASSED"):
            return
        mapped = [str(one.get("identifier")) for one in rule.iter("mapResponse")]
        if mapped:
            made.mapped |= set(mapped)
            made.ruled = True
            return
        odd = [one for one in rule.iterdescendants() if one.tag not in _PLAIN]
        if odd:
            raise _own_rules(odd[0])
        score = sum(number(words(one), "A mark") for one in rule.iter("baseValue"))
        others = sum(one.get("identifier") != name for one in rule.iter("variable"))
        if tests:
            # Such as SCORE set to MAXSCORE.
            score += others
        elif score > 0:
            raise NotTakenError("It gives marks for any answer, or for any other than those named.")
        if score <= 0 and not any(test.kind == "value" for test in tests):
            return
        self.counts(tests, score, len(list(rule.iter("variable"))) > 0)

    def counts(self, tests: tuple[Test, ...], score: float, adds: bool) -> None:
        """Note that passing all ``tests`` is worth ``score``."""
        made = self.made
        if not tests:
            return
        made.ruled = True
        named = {test.response for test in tests}
        if all(test.kind == "near" for test in tests) and len(named) == 1 and score > 0:
            low, high = max(t.low for t in tests), min(t.high for t in tests)
            if not (math.isfinite(low) and math.isfinite(high) and low <= high):
                raise NotTakenError("A number is right there without an upper or a lower end.")
            made.near.setdefault(tests[0].response, []).append((low, high, score))
        elif all(test.kind in ("right", "near") for test in tests):
            if score > 0:
                made.right |= named
                made.exact = not adds
                for test in tests:
                    if test.kind == "near":
                        made.near.setdefault(test.response, []).append((test.low, test.high, score))
        elif len(tests) == 1 and tests[0].kind == "value":
            made.worth.setdefault(tests[0].response, {}).setdefault(tests[0].value, score)
        else:
            raise NotTakenError("It is marked by rules that take several answers together.")

    def ways(self, condition: etree._Element) -> list[tuple[Test, ...]]:
        """The condition as alternatives, each a set of tests of which all have to hold."""
        tag = condition.tag
        if tag == "and":
            ways: list[tuple[Test, ...]] = [()]
            for part in condition:
                ways = [one + other for one in ways for other in self.ways(part)]
                if len(ways) > 200:
                    raise _own_rules(condition)
            return ways
        if tag == "or":
            return [way for part in condition for way in self.ways(part)]
        if tag == "not":
            if len(condition) == 1 and condition[0].tag == "isNull":
                return [()]
            raise _own_rules(condition)
        if tag == "isNull":
            return [(Test("empty", _response(condition)),)]
        return [(test,) for test in self.tests(condition)]

    def tests(self, condition: etree._Element) -> Iterator[Test]:
        name, tag = _response(condition), str(condition.tag)
        declared = self.made.declared.get(name)
        if declared is None:
            raise _own_rules(condition)
        values = [words(one) for one in condition.iter("baseValue")]
        by_right = condition.find("correct") is not None
        if tag == "match" or tag == "stringMatch":
            if by_right:
                yield Test("right", name)
            elif len(values) == 1 and declared.base in NUMBERS:
                value = number(values[0], "A right number")
                yield Test("near", name, "", value, value)
            elif len(values) == 1 and declared.cardinality == "single":
                yield Test("value", name, values[0])
            else:
                raise _own_rules(condition)
        elif tag == "member" and len(values) == 1:
            yield Test("value", name, values[0])
        elif tag in ("equal", "equalRounded"):
            for written in declared.right if by_right else values:
                yield Test("near", name, "", *_around(condition, number(written, "A right number")))
        elif tag in ("gt", "gte", "lt", "lte") and len(values) == 1:
            value = number(values[0], "A right number")
            first = condition[0].tag == "variable"
            above = tag.startswith("g") == first
            yield Test("near", name, "", *((value, math.inf) if above else (-math.inf, value)))
        else:
            raise _own_rules(condition)


_PLAIN = {"baseValue", "variable", "sum"}


def _around(condition: etree._Element, value: float) -> tuple[float, float]:
    """The lowest and the highest number that count as ``value``."""
    if condition.tag == "equalRounded":
        if condition.get("roundingMode", "significantFigures") != "decimalPlaces":
            raise NotTakenError(
                "Its number is compared by significant figures, which has no form here."
            )
        half = 0.5 * 10 ** -number(condition.get("figures"), "The number of decimals")
        return between(value, -half), between(value, half)
    mode = condition.get("toleranceMode") or "exact"
    if mode == "exact":
        return value, value
    ends = [number(one, "The tolerance") for one in (condition.get("tolerance") or "0").split()]
    low, high = (ends[0], ends[-1]) if ends else (0.0, 0.0)
    if mode == "relative":
        low, high = abs(value) * low / 100, abs(value) * high / 100
    return between(value, -low), between(value, high)


def between(one: float, other: float) -> float:
    """The sum of two numbers as written: in decimal, in which 128 and 0.01 are 128.01."""
    return float(Decimal(repr(one)) + Decimal(repr(other)))


def _response(condition: etree._Element) -> str:
    names = {str(one.get("identifier")) for one in condition.iter("variable", "correct")}
    if len(names) != 1:
        raise _own_rules(condition)
    return names.pop()


def _own_rules(element: etree._Element) -> NotTakenError:
    return NotTakenError(
        f"It is marked by rules of its own, with “{bare(str(element.tag), 40)}”, which have no "
        "form here. Write it anew, or export it with the rules of a template."
    )
