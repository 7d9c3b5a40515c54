"""What a reading page has asked once it need not ask again; everywhere else every question is asked."""

from __future__ import annotations

import pytest

from core.memo import asked_once, reading


class Asked:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_a_reading_page_asks_once_for_each_key() -> None:
    ask, other = Asked(), Asked()
    with reading():
        assert [asked_once("a", ask), asked_once("a", ask), asked_once("b", other)] == [1, 1, 1]
    assert (ask.times, other.times) == (1, 1)


def test_the_next_page_asks_again() -> None:
    ask = Asked()
    for _ in range(2):
        with reading():
            asked_once("a", ask)
    assert ask.times == 2


def test_nothing_is_remembered_outside_a_page_or_after_one_that_failed() -> None:
    ask = Asked()
    with pytest.raises(ZeroDivisionError), reading():
        raise ZeroDivisionError
    assert [asked_once("a", ask), asked_once("a", ask)] == [1, 2]
