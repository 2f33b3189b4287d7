"""A lab's script as a notebook: the same text, cut into cells at its ``# %%`` lines."""

from __future__ import annotations

import json
import re
from typing import Any

# A line that begins a cell, as editors know it; what follows the marks is the cell's heading.
CELL = re.compile(r"^# %%[ \t]*(.*)$", re.MULTILINE)


def notebook(title: str, lead: str, script: str) -> str:
    """The notebook as JSON (nbformat 4.5): title and lead, then a cell for each part."""
    cells = [_cell("markdown", f"# {title}\n\n{lead}".strip(), 0)]
    first, *rest = CELL.split(script)
    if first.strip():
        cells.append(_cell("code", first.strip("\n"), len(cells)))
    for heading, code in zip(rest[::2], rest[1::2], strict=True):
        if heading.strip():
            cells.append(_cell("markdown", f"## {heading.strip()}", len(cells)))
        if code.strip():
            cells.append(_cell("code", code.strip("\n"), len(cells)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    body = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}
