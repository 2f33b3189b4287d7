"""A browser tab without a browser: speaks Streamlit's websocket protocol as its client does."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

COOKIE = "steward"
# What people type into: Streamlit's fields, and our component.
TYPED = ("text_input", "text_area", "bidi_component")
Path = tuple[int, ...]


class Broken(Exception):
    """The page shows a traceback, or an element that was to be there is not."""


@dataclass(frozen=True)
class Run:
    """One rerun as the tab saw it: how long to script_finished, how many bytes came."""

    ms: float
    received: int
    reruns: int


def demo_cookie(url: str, name: str) -> str:
    """Sign in over HTTP as one of the demo's people, as the form on the page does."""
    with httpx.Client(base_url=url, trust_env=False, timeout=20) as browser:
        page = browser.get("/sign-in").text
        pattern = rf"<form[^>]*>((?:(?!</form>).)*{re.escape(name)}.*?)</form>"
        form = re.search(pattern, page, re.DOTALL)
        if form is None:
            raise Broken(f"the sign-in page does not offer {name}")
        values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
        done = browser.post("/auth/demo", data=values, headers={"Origin": url})
        if done.status_code != 303:
            raise Broken(f"sign-in as {name} answered {done.status_code}")
        return done.cookies[COOKIE]


class Tab:
    """One open page. `elements` is what is on it, by delta path, in drawing order."""

    def __init__(self, url: str, cookie: str) -> None:
        self.url, self.cookie = url, cookie
        self.socket = connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"{COOKIE}={cookie}"},
            origin=url,  # type: ignore[arg-type]
            max_size=None,
            proxy=None,
            compression=None,
        )
        self.page, self.query, self.hash = "", "", ""
        self.elements: dict[Path, Any] = {}
        self.values: dict[str, WidgetState] = {}
        self.cache: dict[str, ForwardMsg] = {}
        self.runs: list[Run] = []

    @classmethod
    def demo(cls, url: str, name: str) -> Tab:
        """A tab of one of the demo's people."""
        return cls(url, demo_cookie(url, name))

    def close(self) -> None:
        """Close the connection, as closing the tab does."""
        self.socket.close()

    # --- doing ---------------------------------------------------------------------------------

    def open(self, page: str, **query: str) -> Tab:
        """Open a page by its address."""
        self.page, self.query, self.hash = page, urlencode(query), ""
        self.values.clear()
        self.rerun()
        return self

    def choose(self, option: str | int, *, label: str = "") -> Tab:
        """Choose a radio option by (part of) its text or its place."""
        radio = self.one("radio", label)
        texts = list(radio.options)
        text = texts[option] if isinstance(option, int) else pick(texts, option)
        return self.put(radio.id, string_value=text)

    def pill(self, option: str, *, label: str = "") -> Tab:
        """Choose one of a group of pills."""
        group = self.one("button_group", label)
        texts = [one.content for one in group.options]
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(pick(texts, option))
        return self.put_state(state)

    def select(self, label: str, option: str) -> Tab:
        """Choose from a select box."""
        box = self.one("selectbox", label)
        return self.put(box.id, string_value=pick(list(box.options), option))

    def type(self, text: str, *, label: str = "") -> Tab:
        """Type into a text field or area."""
        return self.type_into(self.one("text_input", label), text)

    def type_into(self, field: Any, text: str) -> Tab:
        """Type into a field of Streamlit's own or into ours, which counts what it sends."""
        if field.DESCRIPTOR.name != "BidiComponent":
            return self.put(field.id, string_value=text)
        typed = {"typed": {"text": text, "n": json.loads(field.json)["n"] + 1}}
        return self.put(field.id, json_value=json.dumps(typed))

    def press(self, label: str) -> Tab:
        """Press a button."""
        return self.put(self.one("button", label).id, trigger_value=True)

    def put(self, id_: str, **value: Any) -> Tab:
        """Send a widget's value, offered or not."""
        return self.put_state(WidgetState(id=id_, **value))

    def put_state(self, state: WidgetState) -> Tab:
        """Set a widget and rerun; a trigger is sent once."""
        self.values[state.id] = state
        try:
            self.rerun()
        finally:
            if state.HasField("trigger_value"):
                self.values.pop(state.id, None)
        return self

    def rerun(self, timeout: float = 30.0) -> Run:
        """Run the page with what the widgets hold; returns when the script has finished."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash, state.page_name = (
            self.query,
            self.hash,
            "" if self.hash else self.page,
        )
        state.widget_states.widgets.extend(self.values.values())
        state.cached_message_hashes.extend(self.cache)
        state.context_info.url = f"{self.url}/{self.page}"
        state.context_info.timezone, state.context_info.locale = "Europe/London", "en-GB"
        began, received, reruns = time.perf_counter(), 0, 0
        self.socket.send(message.SerializeToString())
        while True:
            data = self.socket.recv(timeout=timeout)
            assert isinstance(data, bytes)
            received += len(data)
            finished = self._take(ForwardMsg.FromString(data))
            if finished is None:
                continue
            reruns += 1
            if finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        done = Run(1000 * (time.perf_counter() - began), received, reruns)
        self.runs.append(done)
        here = {one.id for one in self.elements.values() if hasattr(one, "id")}
        self.values = {id_: value for id_, value in self.values.items() if id_ in here}
        for one in self.of("exception"):
            raise Broken(f"{one.type}: {one.message}")
        return done

    def _take(self, message: ForwardMsg) -> int | None:
        """Apply one message; gives how the script finished when it did."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            metadata = message.metadata
            message = self.cache[message.ref_hash]
            message.metadata.CopyFrom(metadata)
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self.cache[message.hash] = message
        if kind == "new_session":
            self.hash = message.new_session.page_script_hash
            self.elements.clear()
        elif kind == "navigation":
            self.hash = message.navigation.page_script_hash
            for one in message.navigation.app_pages:
                if one.page_script_hash == self.hash:
                    self.page = one.url_pathname
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            path = tuple(message.metadata.delta_path)
            for below in [one for one in self.elements if one[: len(path)] == path]:
                del self.elements[below]
            if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                self.elements[path] = getattr(element, element.WhichOneof("type"))
        elif kind == "script_finished":
            return int(message.script_finished)
        return None

    # --- looking -------------------------------------------------------------------------------

    def of(self, *kinds: str) -> list[Any]:
        """The elements of some kinds, from the top."""
        names = {_name(kind) for kind in kinds}
        found = sorted(self.elements.items())
        return [one for _, one in found if one.DESCRIPTOR.name in names]

    def one(self, kind: str, label: str = "", *, where: Callable[[Any], bool] | None = None) -> Any:
        """The first element of a kind whose label holds `label`. Raises with what is there."""
        kinds = TYPED if kind == "text_input" else (kind,)
        found = [
            one for one in self.of(*kinds) if label in named(one) and (not where or where(one))
        ]
        if not found:
            raise Broken(f"no {kind} “{label}” on {self.page}?{self.query}:\n{self.text()[:1500]}")
        return found[0]

    def has(self, kind: str, label: str = "") -> bool:
        """Whether such an element is there."""
        return any(label in one.label for one in self.of(kind))

    def texts(self) -> Iterator[str]:
        """Everything that can be read, from the top; HTML without its tags and styles."""
        for _, one in sorted(self.elements.items()):
            body = getattr(one, "body", None) or getattr(one, "label", "")
            if one.DESCRIPTOR.name == "Html":
                body = re.sub(r"<style.*?</style>|<[^>]+>", " ", body, flags=re.DOTALL)
            if body.strip():
                yield re.sub(r"\s+", " ", body).strip()

    def text(self) -> str:
        """The page as text."""
        return "\n".join(self.texts())


def named(element: Any) -> str:
    """An element's label; that of our component is in its data."""
    if element.DESCRIPTOR.name == "BidiComponent":
        return str(json.loads(element.json)["label"])
    return str(element.label)


def _name(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def pick(texts: list[str], wanted: str) -> str:
    """The text itself, or the first that holds it."""
    for text in texts:
        if text == wanted:
            return text
    for text in texts:
        if wanted in text:
            return text
    raise Broken(f"“{wanted}” is not offered: {texts}")
