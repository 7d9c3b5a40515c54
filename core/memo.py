"""What a page that only reads has asked once, it need not ask again.

Such a page cannot write (``core.web.page`` guards it), so an answer stays true until the page is finished. A page that
writes, a job and a command remember nothing: there every question goes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Remember answers until this page is drawn."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to ``ask``, from memory where this page has asked for the same ``key`` before."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    answer: Answer = answers[key]
    return answer
