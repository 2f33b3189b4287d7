"""What is taught, for learners: published modules, and the shipped course around them."""

from __future__ import annotations

from functools import cache

from modules.basics import NEUTRAL
from modules.course.files import read_library
from modules.course.model import Library
from modules.settings import settings
from modules.taught import module

__all__ = ["library", "module"]


@cache
def library(language: str, jurisdiction: str = NEUTRAL) -> Library:
    """The shipped glossary and the job aids of their own; those of English where there are none."""
    found = read_library(settings().content, language, jurisdiction)
    if found.terms or found.aids or language == "en":
        return found
    return library("en", jurisdiction)
