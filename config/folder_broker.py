"""The broker that needs no service: messages are files in a folder.

Kombu's own transport writes a message in two steps, so a worker that looks between them takes an empty
file and dies of it (seen on two busy cores). Here a file appears whole or
not at all, and one that cannot be read is passed over: the ledger (core.jobs) sends its job again.
"""

import fcntl
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


def write_whole(path: Path, text: str) -> None:
    """Let the file appear, or change, in one step."""
    unfinished = path.with_name(f".{uuid.uuid4()}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


class Channel(filesystem.Channel):
    """Kombu's, with whole files."""

    def _put(  # type: ignore[override]  # kombu names it twice, differently
        self, queue: str, payload: Any, **kwargs: Any
    ) -> None:
        name = f"{time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.processed_folder) / name
            try:
                (Path(self.data_folder_in) / name).rename(taken)
                text = taken.read_text(encoding="utf-8")
                taken.unlink()
            except FileNotFoundError:  # another worker was quicker
                continue
            try:
                return loads(text)
            except ValueError:
                logger.warning("A message could not be read and was passed over: %s.", name)
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alone():
            table = self.get_table(exchange)
            if bound not in table:
                write_whole(self._exchange_file(exchange), dumps([bound, *table]))

    def get_table(self, exchange: str) -> list[Any]:
        """Which queues a message to this exchange goes to."""
        try:
            text = self._exchange_file(exchange).read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [filesystem.exchange_queue_t(*row) for row in loads(text)]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.control_folder / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """`filesystem://` of this product."""

    Channel = Channel


def use_whole_files() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
