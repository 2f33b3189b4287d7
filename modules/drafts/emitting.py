"""Values as people write them in YAML: plain where that is safe, quoted where it must be."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

NAME = re.compile(r"[A-Za-z_][\w-]*")
# What YAML may not hold as it is: only an escape brings it back as it was.
UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# What has a meaning of its own within [ ] and { }, of which readers of YAML think differently.
_FLOW = re.compile(r"[,\[\]{}?:#]")
SHORT = 72
"""Lists of short words stand on one line up to this width."""


def scalar(value: Any, flow: bool = False) -> str:
    """One value on one line."""
    if isinstance(value, str):
        return value if _plain(value, flow) else quoted(value)
    return yaml.safe_dump(value, default_flow_style=True).split("\n", 1)[0]


def quoted(text: str) -> str:
    """Text in double quotes; whatever it holds comes back as it was."""
    return UNPRINTABLE.sub(
        lambda found: f"\\U{ord(found[0]):08X}", json.dumps(text, ensure_ascii=False)
    )


def _plain(text: str, flow: bool) -> bool:
    """Whether text says itself without quotes, in a list on one line too where that is asked."""
    if (
        not text
        or "\n" in text
        or "\t" in text
        or UNPRINTABLE.search(text)
        or (flow and _FLOW.search(text))
    ):
        return False
    return _reads(f"- {text}\n", [text])


def _reads(written: str, wanted: Any) -> bool:
    try:
        return bool(yaml.load(written, Loader=yaml.CSafeLoader) == wanted)
    except (yaml.YAMLError, ValueError):
        return False


def inline(value: Any) -> str:
    """Any value on one line."""
    if isinstance(value, dict):
        pairs = (f"{scalar(name, True)}: {inline(one)}" for name, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value, flow=True)


def block(value: Any, indent: int) -> str:
    """A value as it stands behind ``name:``, whose column is ``indent``: " x" or "\\n  more".

    Text of several lines stands below its name, so that it reads as it was typed.
    """
    inner = indent + 2
    if isinstance(value, str) and "\n" in value:
        return _literal(value, inner)
    if isinstance(value, dict) and value:
        return "\n" + "\n".join(entry(name, one, inner) for name, one in value.items())
    if isinstance(value, list | tuple) and value:
        line = inline(value)
        if not any(isinstance(one, dict | list) for one in value) and len(line) <= SHORT:
            return f" {line}"
        return "\n" + "\n".join(dash(one, inner) for one in value)
    return f" {inline(value)}"


def entry(name: Any, value: Any, indent: int) -> str:
    """A name with its value, from that column on."""
    return f"{' ' * indent}{scalar(name)}:{block(value, indent)}"


def dash(value: Any, indent: int) -> str:
    """An entry of a list, from that column on."""
    if isinstance(value, dict) and value:
        lines = "\n".join(entry(name, one, indent + 2) for name, one in value.items())
        return f"{' ' * indent}- {lines[indent + 2 :]}"
    return f"{' ' * indent}-{block(value, indent)}"


def _literal(text: str, indent: int) -> str:
    """Text of several lines, indented below its name; in quotes where that would change it."""
    keep = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    body = "\n".join(" " * indent + line if line else "" for line in lines)
    # Blank lines at its end would depend on what follows.
    if (
        not text.endswith("\n\n")
        and not UNPRINTABLE.search(text)
        and _reads(f"{' ' * (indent - 2)}a: |{keep}\n{body}\n", {"a": text})
    ):
        return f" |{keep}\n{body}"
    return f" {quoted(text)}"
