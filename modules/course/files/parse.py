"""A module's files in one language, read as far as they can be."""

from __future__ import annotations

from collections.abc import Mapping

from modules.course.files.heads import ModuleFile
from modules.course.files.items import read_items
from modules.course.files.merging import blame
from modules.course.files.parts import Parts
from modules.course.files.practical import read_labs, read_scenario
from modules.course.files.prose import read_aid, read_lesson
from modules.course.files.reader import Reader


def parse(files: Mapping[str, str], slug: str, language: str) -> Parts:
    """Everything of a module that can be read; ``parts.reader.problems`` says what cannot."""
    parts = Parts(slug, language, Reader(files))
    _read_head(parts)
    read_lesson(parts)
    read_items(parts)
    read_scenario(parts)
    read_labs(parts)
    read_aid(parts)
    return parts


def _read_head(parts: Parts) -> None:
    document = parts.head_file = parts.reader.document(parts.path("module.yaml"))
    if document:
        parts.head = parts.reader.build(ModuleFile, document.data, blame(document))
