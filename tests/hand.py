"""A draft in a test page's session: what the editor's pen writes, where no database is."""

from __future__ import annotations

import contextlib

from modules import fields
from modules.author.editor.pen import Pen


class Kept:
    """Keeps files in the session, and the place of each step."""

    def __init__(self, memory):
        self.memory = memory

    def together(self):
        """What is written inside is kept as it comes."""
        return contextlib.nullcontext()

    def save(self, path, base, text, place):
        """Keep a file."""
        files = dict(self.memory["files"])
        if text is None:
            files.pop(path, None)
        else:
            files[path] = text
        self.memory["files"] = files
        self.memory.setdefault("places", []).append(place)
        return text


def pen(memory, slug, files):
    """The pen of a page whose draft begins with ``files``, once it took in what was sent."""
    fields.use(fields.native, memory=lambda: memory)
    memory.setdefault("files", files)
    made = Pen("draft", slug, memory["files"], memory, Kept(memory), memory.get("writes", True))
    made.take_in()
    return made
