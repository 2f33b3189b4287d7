"""The course, or one of its modules, read whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from modules.basics import NEUTRAL, ContentError
from modules.course import model
from modules.course.files.assemble import assemble
from modules.course.files.folder import texts
from modules.course.files.glossary import glossary_file
from modules.course.files.merging import blame
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS
from modules.course.overlays import module_under


def read_course(root: Path) -> model.Course:
    """The course as ``course.yaml`` lists it. Raises ContentError with located problems."""
    files, problems = texts(root, "course.yaml")
    if problems:
        raise ContentError(problems)
    return course_of(files)


def course_of(files: Mapping[str, str]) -> model.Course:
    """The course as the files of a content folder have it. Raises ContentError."""
    reader = Reader(files)
    document = reader.document("course.yaml")
    course = reader.build(model.Course, document.data, blame(document)) if document else None
    if course is None or reader.problems:
        raise ContentError(reader.problems)
    return course  # type: ignore[no-any-return]


def read_module(
    root: Path, slug: str, language: str, jurisdiction: str | None = NEUTRAL
) -> model.Module:
    """A module in one language, as readers under that law have it, complete.

    None gives it as it is written, every note with its marker. Raises ContentError with located
    problems.
    """
    files, problems = texts(root, slug, glossary_file(language), *REGISTERS)
    if problems:
        raise ContentError(problems)
    whole = assemble(files, slug, language)
    return whole if jurisdiction is None else module_under(whole, jurisdiction)


def module_from_bundle(
    bundle: Mapping[str, str], language: str, jurisdiction: str = NEUTRAL
) -> model.Module:
    """A stored revision as a module, without files. Raises ContentError as ``read_module``."""
    slugs = [path.partition("/")[0] for path in bundle if path.endswith("/module.yaml")]
    if len(slugs) != 1:
        raise ContentError("A revision holds exactly one module.yaml.")
    return module_under(assemble(bundle, slugs[0], language), jurisdiction)


def first_language(files: Mapping[str, str]) -> str:
    """The language that a module is written in first, as its head says; English where it fails."""
    head = next((path for path in files if path.endswith("/module.yaml")), "")
    document = Reader(files).document(head, needed=False)
    given = document.data.get("languages") if document else None
    named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return named[0] if named else "en"
