"""Typst set to work: a template of ours and data that it shows, made a tagged PDF in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import structlog
import typst

from modules.typefaces import fonts

log = structlog.get_logger()


def typeset(template: bytes, data: Mapping[str, Any]) -> bytes:
    """A template with its data as a PDF, PDF/UA-1 where every letter has a typeface.

    A letter that our faces lack comes from this machine's; one that even it lacks is a box.
    """
    for system, standards in ((False, ["ua-1"]), (True, ["ua-1"]), (True, [])):
        try:
            made = typst.Compiler(
                template, font_paths=fonts(system), sys_inputs={"data": json.dumps(data)}
            ).compile(format="pdf", pdf_standards=standards)  # type: ignore[arg-type]
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
            log.warning("no font for a letter of a page", system=system)
            continue
        assert isinstance(made, bytes)
        return made
    raise RuntimeError("typst refused a page without any standard")
