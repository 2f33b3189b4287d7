"""The course, or one of its modules, read whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from modules.basics import ContentError
from modules.course import model
from modules.course.files.assemble import assemble
from modules.course.files.folder import texts
from modules.course.files.merging import blame
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS


def read_course(root: Path) -> model.Course:
    """The course as ``course.yaml`` lists it. Raises ContentError with located problems."""
    files, problems = texts(root, "course.yaml")
    reader = Reader(files)
    document = reader.document("course.yaml")
    course = reader.build(model.Course, document.data, blame(document)) if document else None
    if course is None or problems or reader.problems:
        raise ContentError(problems + reader.problems)
    return course  # type: ignore[no-any-return]


def read_module(root: Path, slug: str, language: str) -> model.Module:
    """A module in one language, complete. Raises ContentError with located problems."""
    files, problems = texts(root, slug, *REGISTERS)
    if problems:
        raise ContentError(problems)
    return assemble(files, slug, language)


def module_from_bundle(bundle: Mapping[str, str], language: str) -> model.Module:
    """A stored revision as a module, without files. Raises ContentError as ``read_module``."""
    slugs = [path.partition("/")[0] for path in bundle if path.endswith("/module.yaml")]
    if len(slugs) != 1:
        raise ContentError("A revision holds exactly one module.yaml.")
    return assemble(bundle, slugs[0], language)
