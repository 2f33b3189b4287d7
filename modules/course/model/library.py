"""What stands beside the modules: the glossary, job aids of their own, entries for a quick need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field

from modules.basics import Content
from modules.course.model.module import JobAid
from modules.course.model.registers import Fact, Source, Term


class Need(Content):
    """A sentence that somebody says when she needs help now, and the job aid that gives it.

    ``aid`` is the id of a module, or the name of a job aid of its own in ``aids/``.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")
    title: str = Field(min_length=1)
    aid: str = Field(min_length=1)


@dataclass(frozen=True)
class Library:
    """The glossary and the job aids that belong to no module, in one language."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    aids: Mapping[str, JobAid] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    language: str = "en"
    # Job aids of their own show no pictures.
    media: Mapping[str, str] = field(default_factory=dict)
    transcripts: Mapping[str, str] = field(default_factory=dict)
