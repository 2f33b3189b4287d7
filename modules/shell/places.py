"""Places of the content that a report names: in words, and where to look at them."""

from __future__ import annotations

from modules.basics import Words


def told(module: str, place: str, say: Words) -> str:
    """A place in words: "M01, step care-data"."""
    kind, _, name = place.partition("/")
    return say(f"report.place.{kind}", name=name, module=module)


def address(module: str, place: str) -> tuple[str, dict[str, str]]:
    """The page on which a trainer sees a place, and its query."""
    kind, _, name = place.partition("/")
    if kind == "term":
        return "glossary", {"term": name}
    if kind == "aid":
        return "aid", {"module": module} if module else {"name": name}
    return "preview", {"module": module, "step": name} if kind == "step" else {"module": module}
