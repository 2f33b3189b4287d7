"""Everything that can be wrong with the content, found at once, each with its place."""

from modules.course.check.content import problems

__all__ = ["problems"]
