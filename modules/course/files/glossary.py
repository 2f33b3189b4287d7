"""The glossary: its terms by id, and which of them a module's texts mark."""

from __future__ import annotations

from collections.abc import Mapping

from modules.course import model
from modules.course.files.marked import Document
from modules.course.files.merging import blame
from modules.course.files.reader import Reader
from modules.course.terms import named


def glossary_file(language: str) -> str:
    """Where the glossary of a language is, below the content folder."""
    return f"glossary.{language}.yaml"


def glossary(reader: Reader, language: str) -> tuple[Document | None, dict[str, model.Term]]:
    """The terms of a language by id, broken ones left out and reported; none without a file."""
    document = reader.document(glossary_file(language), list, needed=False)
    found: dict[str, model.Term] = {}
    for index, entry in enumerate(document.data if document else ()):
        assert document is not None
        term = reader.build(model.Term, entry, blame(document, (index,)))
        if term is not None and term.id in found:
            sentence = f"{term.id} is here twice. Rename or delete one."
            reader.wrong(document, (index, "id"), sentence)
        elif term is not None:
            found[term.id] = term
    return document, found


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
    for path in files:
        if path.startswith("glossary.") and path.endswith(".yaml"):
            language = path.split(".")[1]
            _, terms = glossary(Reader(files), language)
            found[path] = "\n".join(terms[id].definition for id in used if id in terms)
    return found
