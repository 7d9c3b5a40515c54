"""A disk on which taking files away lasts until it is let go, so that a worker can be killed between two of them."""

import threading

from django.conf import settings
from django.core.files.storage import FileSystemStorage

BEFORE_WAITING = 3  # files


class WaitingStorage(FileSystemStorage):
    """The usual storage. It tells which file is gone, and after a few it waits to be let go."""

    gone = 0

    def delete(self, name: str) -> None:
        """The file is gone when this waits."""
        was_there = self.exists(name)
        super().delete(name)
        with (settings.TRIAL_FOLDER / "diary").open("a") as diary:
            diary.write(f"{'gone' if was_there else 'gone before'} {name}\n")
        self.gone += 1
        while self.gone >= BEFORE_WAITING and not (settings.TRIAL_FOLDER / "go").exists():
            threading.Event().wait(0.1)
