"""How Celery speaks to each broker. The figures were tried; the reasons stand beside them."""

from pathlib import Path
from typing import Any

HIDDEN = 15 * 60  # seconds; must exceed the longest task


def broker_options(url: str, var_dir: Path) -> dict[str, Any]:
    """The transport options for the broker that `url` names; its folders are made where it needs some."""
    if url.startswith("filesystem:"):
        return _folders(var_dir / "broker")
    if url.startswith(("redis:", "rediss:")):
        return {
            "visibility_timeout": HIDDEN,
            "unacked_restore_interval": 2,
            "unacked_restore_throttle": 1,
            # A page never waits for a broker that is down: the ledger's sweep sends it later.
            "max_retries": 1,
            "interval_start": 0,
            "socket_connect_timeout": 1,
        }
    return {}


def _folders(root: Path) -> dict[str, Any]:
    queue, processed, control = root / "queue", root / "processed", root / "control"
    for folder in (queue, processed, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        # On the same disk, or a message could not be taken in one step.
        "processed_folder": str(processed),
        "polling_interval": 0.1,  # seconds; by default a task waits seven times as long
    }
