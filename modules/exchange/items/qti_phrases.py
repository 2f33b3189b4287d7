"""Pieces of XML that items of QTI 2.1 are written with."""

from __future__ import annotations

from html import escape


def entry(name: str) -> str:
    """A field to type into."""
    return f'<textEntryInteraction responseIdentifier="{name}"/>'


def variable(name: str = "RESPONSE") -> str:
    """What was answered."""
    return f'<variable identifier="{name}"/>'


def correct() -> str:
    """What is right."""
    return '<correct identifier="RESPONSE"/>'


def one() -> str:
    """A full mark."""
    return '<baseValue baseType="float">1</baseValue>'


def score(expression: str) -> str:
    """The score is set."""
    return f'<setOutcomeValue identifier="SCORE">{expression}</setOutcomeValue>'


def says(outcome: str, value: str) -> str:
    """A feedback is chosen."""
    told = f'<baseValue baseType="identifier">{value}</baseValue>'
    return f'<setOutcomeValue identifier="{outcome}">{told}</setOutcomeValue>'


def same(name: str, text: str) -> str:
    """Whether a text was typed, whatever its case."""
    said = f'<baseValue baseType="string">{escape(text)}</baseValue>'
    return f'<stringMatch caseSensitive="false">{variable(name)}{said}</stringMatch>'


def condition(condition: str, then: str) -> str:
    """Something that is done when something holds."""
    return f"<responseCondition><responseIf>{condition}{then}</responseIf></responseCondition>"
