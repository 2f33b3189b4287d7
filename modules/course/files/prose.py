"""The lesson and the job aid: front matter, then Markdown."""

from __future__ import annotations

from modules.basics import Problem
from modules.course import lesson, model
from modules.course.files.heads import AidHead, LessonHead
from modules.course.files.marked import Document
from modules.course.files.merging import blame
from modules.course.files.parts import Parts


def read_lesson(parts: Parts) -> None:
    """Read lesson.<language>.md: its head and its screens."""
    file, reader = parts.path(f"lesson.{parts.language}.md"), parts.reader
    front, body = _front(parts, file)
    if body is None:
        return
    found, problems = lesson.screens(file, *body)
    reader.problems += problems
    parts.screens = {screen.id: screen for screen in found}
    if front:
        parts.front = front
        parts.lesson = reader.build(LessonHead, front.data, blame(front))


def read_aid(parts: Parts) -> None:
    """Read job-aid.<language>.md, if it is there or a step needs it."""
    file = parts.path(f"job-aid.{parts.language}.md")
    if file not in parts.reader.files and not parts.has("aid"):
        return
    front, body = _front(parts, file)
    head = parts.reader.build(AidHead, front.data, blame(front)) if front else None
    if head and body:
        text, first = body
        blank = len(text) - len(text.lstrip("\n"))
        parts.aid = model.JobAid(head.title, text.strip(), first + blank, head.sources)


def _front(parts: Parts, file: str) -> tuple[Document | None, tuple[str, int] | None]:
    reader = parts.reader
    if file not in reader.files:
        reader.document(file)
        return None, None
    if not reader.files[file].strip():
        return None, None
    parted = lesson.part(file, reader.files[file])
    if isinstance(parted, Problem):
        reader.problems.append(parted)
        return None, None
    front = reader.yaml(file, parted.front, parted.front_line)
    return front, (parted.body, parted.body_line)
