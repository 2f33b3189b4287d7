"""Values kept for all threads: each thread gets the one of its key, and no more are kept."""

from __future__ import annotations

import sys
import threading

import pytest

from modules.memo import Memo


@pytest.fixture
def hurry():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_many_threads_that_push_each_other_out_each_get_their_own(hurry):
    memo, wrong = Memo[int, str](2), list[object]()

    def run(begin):
        for number in range(5000):
            key = (number * 7 + begin) % 5
            try:
                got = memo.get(key, lambda key=key: f"value {key}")
            except Exception as error:
                wrong.append(error)
            else:
                if got != f"value {key}":
                    wrong.append(got)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_what_is_kept_is_not_made_again_and_the_oldest_goes():
    memo, made = Memo[str, str](2), list[str]()

    def get(key):
        return memo.get(key, lambda: made.append(key) or key)

    for key in ("a", "a", "b", "c", "b", "a"):
        assert get(key) == key
    assert made == ["a", "b", "c", "a"]


def test_what_cannot_be_made_is_not_kept():
    memo = Memo[str, int](2)
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda: 1 // 0)
    assert memo.get("a", lambda: 1) == 1
