"""The glossary and the job aids of their own, read from the content folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from modules.basics import NEUTRAL, ContentError, Problem
from modules.course import lesson, model
from modules.course.facts import cites
from modules.course.files.folder import texts
from modules.course.files.glossary import glossary, glossary_file
from modules.course.files.heads import AidHead
from modules.course.files.merging import blame
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, register
from modules.course.overlays import under

AIDS = "aids"


def read_aids(reader: Reader, language: str) -> dict[str, model.JobAid]:
    """The job aids of their own by name, broken ones left out and reported."""
    found: dict[str, model.JobAid] = {}
    for path in sorted(reader.files):
        folder, _, name = path.partition("/")
        if folder != AIDS or not name.endswith(f".{language}.md") or not reader.files[path].strip():
            continue
        parted = lesson.part(path, reader.files[path])
        if isinstance(parted, Problem):
            reader.problems.append(parted)
            continue
        front = reader.yaml(path, parted.front, parted.front_line)
        head = reader.build(AidHead, front.data, blame(front)) if front else None
        if head:
            blank = len(parted.body) - len(parted.body.lstrip("\n"))
            text = parted.body.strip()
            found[name.removesuffix(f".{language}.md")] = model.JobAid(
                head.title, text, parted.body_line + blank, head.sources
            )
    return found


def read_library(root: Path, language: str, jurisdiction: str = NEUTRAL) -> model.Library:
    """Glossary and job aids in one language, as readers under that law have them.

    Raises ContentError with located problems.
    """
    files, problems = texts(root, glossary_file(language), AIDS, *REGISTERS)
    reader = Reader(files)
    facts, sources = register(reader, REGISTERS[0])[1], register(reader, REGISTERS[1])[1]
    _, terms = glossary(reader, language)
    aids = read_aids(reader, language)
    if wrong := problems + [one for one in reader.problems if one.stops]:
        raise ContentError(wrong)
    terms = {
        id: one.model_copy(update={"definition": under(one.definition, jurisdiction)})
        for id, one in terms.items()
    }
    aids = {
        name: replace(one, markdown=under(one.markdown, jurisdiction)) for name, one in aids.items()
    }
    written = [term.definition for term in terms.values()]
    written += [aid.markdown for aid in aids.values()]
    known: dict[str, model.Fact] = {
        id: facts[id] for text in written for id in cites(text) if id in facts
    }
    held = {fact.source for fact in known.values()} | {
        id for aid in aids.values() for id in aid.sources
    }
    cited = {id: one for id, one in sources.items() if id in held}
    return model.Library(terms, aids, known, cited, language)
