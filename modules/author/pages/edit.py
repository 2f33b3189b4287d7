import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from sqlmodel import Session

from db.engine import reading, writing
from modules import own
from modules.author import drafting, reviewing
from modules.author.editor import aim, around, comments, faults, form, outline, shown
from modules.author.editor.pen import Pen
from modules.basics import BadInput, Problem, Surface, Words
from modules.drafts import looking
from modules.settings import settings
from modules.shell import guard, session
from modules.shell.frame import Frame, page

T = TypeVar("T")


@dataclass
class Hand:
    """Writes into the draft of the address, each step at once."""

    frame: Frame
    id: uuid.UUID
    open: Session | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside is one transaction."""
        if self.open:
            yield
            return
        with writing() as self.open:
            try:
                yield
            finally:
                self.open = None

    def save(self, path: str, base: str | None, text: str | None, place: str) -> str | None:
        """Keep a file as it is to be."""
        call = partial(drafting.save, path=path, base=base, text=text, place=place)
        return self._written(call)

    def undo(self) -> str:
        """Take back what was done last."""
        return self._written(drafting.undo)

    def redo(self) -> str:
        """Do it again."""
        return self._written(drafting.redo)

    def go_back(self, number: int) -> None:
        """Go back to a step."""
        self._written(partial(drafting.go_back, number=number))

    def picture(self, data: bytes, name: str, taken: Collection[str]) -> tuple[str, str]:
        """Keep a picture or recording."""
        call = partial(drafting.keep_picture, data=data, name=name, taken=taken)
        with self._session() as database:
            return call(database, self.frame.viewer)

    def _written(self, act: Callable[..., T]) -> T:
        with self._session() as database:
            return act(database, self.frame.viewer, id=self.id, now=self.frame.now)

    def _session(self) -> AbstractContextManager[Session]:
        return nullcontext(self.open) if self.open else writing()


def opened(frame: Frame, id: uuid.UUID) -> drafting.Opened:
    """The draft as it stands."""
    with reading() as database:
        return drafting.opened(database, frame.viewer, id=id, now=frame.now)


def go(part: str) -> None:
    """Show the form of another part."""
    st.query_params["part"] = part


def mend(pen: Pen, say: Words, problem: Problem, part: str) -> None:
    """Show the form that mends a problem, with the cursor in its field."""
    aim.take(pen, problem, part, say)
    go(part)


def step_on(pen: Pen, place: str) -> None:
    """Show another step in the preview, and there alone."""
    st.session_state[f"edit/at/{pen.id}"] = place
    st.rerun()


def settled(frame: Frame, id: uuid.UUID, comment: uuid.UUID) -> None:
    """Settle what a reviewer said."""
    with writing() as database:
        reviewing.settle(database, frame.viewer, id=id, comment=comment, now=frame.now)


def say_it(frame: Frame, id: uuid.UUID, part: str, box: Surface, text: str) -> None:
    """Keep what a reviewer says about a part, or tell why it is not."""
    try:
        with writing() as database:
            of: dict[str, Any] = {"id": id, "place": part, "text": text}
            reviewing.comment(database, frame.viewer, **of, now=frame.now)
    except BadInput as bad:
        box.error(str(bad), icon=":material/error:")
        return
    st.rerun()


def seen(frame: Frame, id: uuid.UUID, part: str) -> None:
    """Tell others now and then that somebody is here."""
    name, mark = f"edit/seen/{id}", (part, int(frame.now.timestamp()) // 30)
    if st.session_state.get(name) != mark:
        st.session_state[name] = mark
        with writing() as database:
            drafting.seen(database, frame.viewer, id=id, place=part, now=frame.now)


with page("edit", width=1360) as frame:
    say, surface = frame.say, frame.surface
    try:
        id = uuid.UUID(st.query_params.get("draft", ""))
    except ValueError as error:
        raise BadInput(say("studio.no_draft")) from error
    here = opened(frame, id)
    writes = here.may_write and st.query_params.get("read") != "yes"
    pen = Pen(str(id), here.draft.slug, here.texts, st.session_state, Hand(frame, id), writes)
    if pen.take_in():
        here = opened(frame, id)
        pen.files = here.texts
    if target := st.session_state.pop(f"edit/go/{id}", ""):
        go(target)
    with reading() as database:
        said = reviewing.comments(database, frame.viewer, id=id)
    every = outline.parts(pen, say)
    part = st.query_params.get("part", "front")
    part = part if part in [one.at for one in every] else "front"
    seen(frame, id, part)
    around.head(frame, pen, here, said)
    for told in pen.told:
        surface.error(told, icon=":material/error:")
    around.clashes(pen, surface, say)
    shipped = looking.shipped(settings().content)
    today = frame.viewer.today(frame.now)
    found = looking.problems(pen.files, pen.slug, shipped, today)
    chooser = partial(around.chooser, pen, say=say, every=every, part=part, go=go)
    if not writes:
        # Who reads sees what learners see first, on a phone too.
        chooser(surface)
        right, left = surface.columns(2, gap="medium")
    else:
        left, right = surface.columns(2, gap="medium")
        lead = partial(mend, pen, say)
        faults.draw(pen, left.container(key="card-problems", gap="small"), say, found, lead)
    card = left.container(key="card-form", gap="small")
    first = say("studio.tab.write") if writes else say("studio.tab.read")
    names = [first, say("studio.tab.source"), say("studio.tab.history")]
    write, source, history = card.tabs(names, on_change="rerun", key=f"edit/{id}/tab")
    if write.open:
        if writes:
            chooser(write)
        comments.draw(write, say, said, part, partial(settled, frame, id))
        talk = write.container(key=f"talk-{id}", gap="small")
        form.draw(pen, write, say, part, shipped, again=st.rerun, today=today)
        box = write.expander(say("studio.comment_part")) if writes else talk
        key, heard = f"edit/{id}/say/{part}/{len(said)}", partial(say_it, frame, id, part, box)
        comments.say_something(box, say, key, heard)
        if writes:
            aim.draw(pen, surface)
    if source.open:
        around.source(pen, source, say)
    if history.open:
        around.history(frame, pen, history, here)
    card, wanted = right.container(key="card-preview", gap="small"), st.query_params.get("language")
    look = shown.choices(pen, card, say, frame.viewer.jurisdiction, wanted or "")
    module = looking.shown(pen.files, pen.slug, shipped, say, look.language, look.law)
    if module is None:
        look.box.markdown(say("studio.nothing_to_show"))
    else:
        with reading() as database:
            mine = own.read(database, frame.viewer, module=module.id)
        with guard.calm(look.box, say, frame.viewer):
            going = partial(step_on, pen)
            shown.draw(pen, look, say, module, part, clock=session.now, go=going, own=mine)
