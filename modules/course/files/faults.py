"""What is wrong with a value, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXPECTED = {
    "string_type": "text (put quotes round it)",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields with values",
    "model_type": "fields with values",
    "date_type": "a date such as 2026-11-30",
    "date_from_datetime_parsing": "a date such as 2026-11-30",
}


def shown(value: Any) -> str:
    """A value as a sentence may name it: short, in quotes."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "fields with values"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"“{text if len(text) < 60 else text[:57] + '…'}”"


def sentence(fault: Any, missing: list[str | int]) -> str:
    """A fault that pydantic found; ``missing`` are the fields that it missed all in all."""
    name, kind, ctx = fault["loc"][-1] if fault["loc"] else "", fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"“{name}” is missing. Add it."
    if kind == "extra_forbidden":
        close = f" Did you mean “{missing[0]}”?" if len(missing) == 1 else ""
        return f"“{name}” is not a field here.{close} Correct its name or delete it."
    found = shown(fault["input"])
    if kind in EXPECTED:
        return f"Found {found}; expected {EXPECTED[kind]}. Change it."
    if kind == "value_error":
        told = str(ctx.get("error", fault["msg"])).rstrip(".")
        return f"{told[:1].upper()}{told[1:]}. Mend this entry."
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        wanted = ctx.get("expected_tags") or "a field “kind”"
        return f"Found {shown(ctx.get('tag'))}; expected {wanted} as kind. Change it."
    if kind == "literal_error":
        return f"Found {found}; expected {ctx['expected']}. Change it."
    if kind == "string_pattern_mismatch":
        return f"Found {found}; expected the form {ctx['pattern']}. Change it."
    return f"Found {found}; {fault['msg'][0].lower()}{fault['msg'][1:]}. Change it."
