"""The rules by which a QTI item is marked, read one by one: what has no form here is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_declared import NUMBERS, Marking, between, number
from modules.exchange.items.qti_tree import words

_PLAIN = {"baseValue", "variable", "sum"}


@dataclass(frozen=True)
class Test:
    """One thing that a condition asks of a response."""

    kind: str  # "right", "wrong", "value", "near", "empty"
    response: str
    value: str = ""
    low: float = -math.inf
    high: float = math.inf


class Rules:
    """Response processing, read rule by rule into a `Marking`."""

    def __init__(self, made: Marking, feedback: set[str], outcomes: set[str]) -> None:
        self.made, self.feedback = made, feedback
        self.counts_only = outcomes - feedback

    def all(self, rules: etree._Element) -> None:
        """Every rule, in order. Raises NotTakenError."""
        asked = {str(one.get("identifier")) for one in rules.iter("variable")}
        for rule in rules:
            if rule.tag == "setOutcomeValue":
                self.sets(rule, ())
            elif rule.tag == "responseCondition":
                try:
                    self.condition(rule, ())
                except NotTakenError:
                    if not self.only_tells(rule, asked):
                        raise
            elif rule.tag != "exitResponse":
                raise _own_rules(rule)

    def only_tells(self, rule: etree._Element, asked: set[str]) -> bool:
        """Whether a rule decides which feedback is shown, and no mark can depend on it.

        When it cannot be read, what it shows is told as feedback that has no place.
        """
        sets = {str(one.get("identifier")) for one in rule.iter("setOutcomeValue")}
        ends = next(rule.iter("exitResponse"), None) is not None
        return bool(sets) and sets <= self.feedback - asked and not ends

    def condition(self, rule: etree._Element, above: tuple[Test, ...]) -> None:
        """A rule with cases; ``above`` has to hold too where it stands within another."""
        if self.bounds(rule):
            return
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

    def bounds(self, rule: etree._Element) -> bool:
        """Whether a rule only keeps the score within its least and its most."""
        names = {str(one.get("identifier")) for one in rule.iter("variable", "correct")}
        sets = [str(one.get("identifier")) for one in rule.iter("setOutcomeValue")]
        asks = all(branch.tag == "responseIf" and len(branch) == 2 for branch in rule)
        compares = (
            all(branch[0].tag in ("lt", "lte", "gt", "gte") for branch in rule) if asks else 0
        )
        return bool(compares and names and names <= self.counts_only and sets == ["SCORE"])

    def sets(self, rule: etree._Element, way: tuple[Test, ...], otherwise: bool = False) -> None:
        """What is set when all of ``way`` holds: a feedback, or the score."""
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
                    made.said.setdefault((name, value), self.whom(tests))
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

    def whom(self, tests: tuple[Test, ...]) -> tuple[str, str]:
        """Of which response a feedback speaks, and of what: "right", "wrong" or a value."""
        if not tests:
            only = next(iter(self.made.declared)) if len(self.made.declared) == 1 else ""
            return only, "wrong"
        kind = "wrong" if tests[0].kind == "wrong" else tests[0].value or "right"
        return tests[0].response, kind

    def counts(self, tests: tuple[Test, ...], score: float, adds: bool) -> None:
        """Note that passing all ``tests`` is worth ``score``."""
        made = self.made
        if not tests:
            return
        if any(test.kind == "wrong" for test in tests):
            raise NotTakenError("It gives marks for a wrong answer.")
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
        """What one comparison asks, all of which has to hold."""
        name, tag = _response(condition), str(condition.tag)
        if name in self.feedback:
            yield self.told(condition, name)
            return
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
            ends = {condition.get("includeLowerBound"), condition.get("includeUpperBound")}
            if "false" in ends and condition.get("toleranceMode", "exact") != "exact":
                self.made.open.add(name)
            for written in declared.right if by_right else values:
                yield Test("near", name, "", *_around(condition, number(written, "A right number")))
        elif tag in ("gt", "gte", "lt", "lte") and len(values) == 1:
            value = number(values[0], "A right number")
            first = condition[0].tag == "variable"
            above = tag.startswith("g") == first
            if not tag.endswith("e"):
                self.made.open.add(name)
            yield Test("near", name, "", *((value, math.inf) if above else (-math.inf, value)))
        else:
            raise _own_rules(condition)

    def told(self, condition: etree._Element, name: str) -> Test:
        """A question about a feedback as one about the answer that it was set by."""
        values = [words(one) for one in condition.iter("baseValue")]
        known = self.made.said.get((name, values[0])) if len(values) == 1 else None
        if condition.tag not in ("match", "member") or known is None:
            raise _own_rules(condition)
        response, kind = known
        return Test(kind if kind in ("right", "wrong") else "value", response, _value(kind))


def _value(kind: str) -> str:
    return "" if kind in ("right", "wrong") else kind


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
