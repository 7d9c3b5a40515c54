"""What one upload of 500 MiB costs the web server: memory against an idle server, time against
hashing the same bytes.

`python -m benchmarks.upload [--mebibytes 500] [--most 32]`. Fails when memory grows by more than
`--most` MiB.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.documents.trial import Site

BLOCK = (b"A line of evidence that is long enough to be told apart.\n" * 20_000)[: 1024 * 1024]


def resident(pid: int) -> float:
    """MiB of memory of a process and all its descendants that are its own or shared, as the kernel
    counts them now.
    """
    own = 0.0
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                own = int(line.split()[1]) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return own + sum(resident(int(child)) for child in children)


class Watch:
    """The most memory that the server held while it was watched, looked at fifty times a second."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.over = pid, resident(pid), threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self.over.wait(0.02):
            self.peak = max(self.peak, resident(self.pid))

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def blocks(mebibytes: int) -> Iterator[bytes]:
    """The file, a mebibyte at a time: the sender holds no more of it than the server."""
    return (BLOCK for _ in range(mebibytes))


def hashing(mebibytes: int) -> float:
    """Seconds to hash the same bytes and do nothing else."""
    began, digest = time.perf_counter(), hashlib.sha256()
    for block in blocks(mebibytes):
        digest.update(block)
    return time.perf_counter() - began


def main(words: list[str] | None = None) -> int:
    """Print one line of figures; 1 when memory grew too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=500)
    parser.add_argument("--most", type=float, default=32, help="MiB that memory may grow by")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.start()
        try:
            assert site.running is not None
            site.send("warm.txt", lambda: iter([b"warm"]), 4, key="warm")
            idle = resident(site.running.pid)
            began = time.perf_counter()
            with Watch(site.running.pid) as watch:
                size = asked.mebibytes * len(BLOCK)
                answer = site.send("evidence.txt", lambda: blocks(asked.mebibytes), size, key="one")
            took = time.perf_counter() - began
            assert answer["kept"], answer
        finally:
            site.kill()
    alone = hashing(asked.mebibytes)
    growth = watch.peak - idle
    print(
        f"upload of {asked.mebibytes} MiB: memory {idle:.0f} MiB idle, {watch.peak:.0f} MiB at "
        "most "
        f"({watch.peak / idle:.2f} x, +{growth:.1f} MiB); {took:.1f} s, {took / alone:.2f} x "
        f"hashing alone ({alone:.1f} s)"
    )
    return 0 if growth <= asked.most else 1


if __name__ == "__main__":
    sys.exit(main())
