"""What the learner's desk does can be done again: for a database that is away for a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Patient(Protocol):
    """Calls until it succeeds or patience ends. ``records``: the call is what somebody pressed."""

    def __call__(self, call: Callable[[], T], records: bool = False) -> T:
        """What the call gives."""
        ...


class HasPatience(Protocol):
    """Who decides how long to try."""

    patient: Patient


D = TypeVar("D", bound=HasPatience)
Method = Callable[Concatenate[D, P], T]


def at_once(call: Callable[[], T], records: bool = False) -> T:
    """No patience: for tests and commands, which see the error itself."""
    return call()


def again(method: Method[D, P, T]) -> Method[D, P, T]:
    """A method that reads or keeps, and may be repeated."""
    return _patient(method, records=False)


def recording(method: Method[D, P, T]) -> Method[D, P, T]:
    """A method that records what was pressed: once, however often it is repeated."""
    return _patient(method, records=True)


def _patient(method: Method[D, P, T], *, records: bool) -> Method[D, P, T]:
    @wraps(method)
    def tried(desk: D, /, *given: P.args, **named: P.kwargs) -> T:
        return desk.patient(lambda: method(desk, *given, **named), records)

    return tried
