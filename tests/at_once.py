"""One deed by several at the same moment, each in a thread and a database connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

MANY = 6


def at_once(deed: Callable[[int], Any]) -> list[Any]:
    """What each of six got, begun at the same moment; each is told its number, from 0. A fault is an answer too."""
    answers: dict[int, Any] = {}
    start = threading.Barrier(MANY)

    def once(number: int) -> None:
        try:
            start.wait(10)
            answers[number] = deed(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=once, args=[number]) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [answers[number] for number in range(MANY)]
