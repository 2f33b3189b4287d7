"""The glossary: its terms by id, and which of them a module's texts mark."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from modules.basics import Problem
from modules.course import model
from modules.course.files.marked import Document
from modules.course.files.reader import Reader
from modules.course.files.records import records
from modules.course.terms import named


def glossary_file(language: str) -> str:
    """Where the glossary of a language is, below the content folder."""
    return f"glossary.{language}.yaml"


def glossaries(files: Mapping[str, str]) -> list[str]:
    """The glossaries among files, one for each language."""
    return sorted(path for path in files if path.startswith("glossary.") and "/" not in path)


def glossary(reader: Reader, language: str) -> tuple[Document | None, Mapping[str, model.Term]]:
    """The terms of a language by id, broken ones left out and reported; none without a file."""
    file = glossary_file(language)
    if file not in reader.files:
        return None, {}
    document, found, problems = _defined(file, reader.files[file])
    reader.problems += problems
    return document, found


@lru_cache(maxsize=32)
def _defined(
    file: str, text: str
) -> tuple[Document | None, Mapping[str, model.Term], tuple[Problem, ...]]:
    reader = Reader({file: text})
    document = reader.document(file, list)
    return document, records(reader, document, model.Term), tuple(reader.problems)


def terms_used(files: Mapping[str, str], slug: str) -> dict[str, str]:
    """Every term that a module's texts mark, with the first file that does."""
    found: dict[str, str] = {}
    for path, text in files.items():
        if path.startswith(f"{slug}/"):
            for id in named(text):
                found.setdefault(id, path)
    return found


def definitions(files: Mapping[str, str], slug: str) -> dict[str, str]:
    """Of each term that a module marks, the text of its definitions in all languages, by file.

    What the definitions cite, the module relies on.
    """
    used, found = terms_used(files, slug), dict[str, str]()
    for path in glossaries(files):
        _, terms = glossary(Reader(files), path.split(".")[1])
        found[path] = "\n".join(terms[id].definition for id in used if id in terms)
    return found
