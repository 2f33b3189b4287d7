"""How a QTI item is marked: by a template of the standard, or by rules of its own."""

from __future__ import annotations

from lxml import etree

from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_declared import Marking, declared
from modules.exchange.items.qti_rules import Rules
from modules.exchange.items.qti_tree import words

# Rules of one item.
MOST = 1_000


def marking(item: etree._Element) -> Marking:
    """The marking of an item. Raises NotTakenError for rules that have no form here."""
    made = Marking()
    for one in item.iterfind("responseDeclaration"):
        response = declared(one)
        made.declared[response.name] = response
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
        Rules(made, feedback, set(outcomes)).all(rules)
    return made
