"""What one upload of 500 MiB costs the web server: memory against an idle server, time against
`sha256sum` of the same file, writing it to the disk, and hashing its bytes in memory.

`python -m benchmarks.upload [--mebibytes 500] [--rounds 3] [--most 32] [--longest 2]`. Fails when
memory grows by more than `--most` MiB, or an upload takes longer than `--longest` times `sha256sum`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
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
    """Seconds to hash the same bytes in memory and do nothing else: what no upload can reach."""
    began, digest = time.perf_counter(), hashlib.sha256()
    for block in blocks(mebibytes):
        digest.update(block)
    return time.perf_counter() - began


def written(path: Path, mebibytes: int) -> float:
    """Seconds to put the same bytes on the same disk and to be sure that they are there."""
    began = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for block in blocks(mebibytes):
            file.write(block)
        os.fsync(file.fileno())
    return time.perf_counter() - began


def summed(path: Path) -> float:
    """Seconds that `sha256sum` takes for the file; where there is none, Python's own hashing of it."""
    began = time.perf_counter()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", str(path)], check=True, stdout=subprocess.DEVNULL)
    else:
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
    return time.perf_counter() - began


def main(words: list[str] | None = None) -> int:
    """Print two lines of figures; 1 when memory grew too much, or the upload took too long.

    Times are the best of each kind, taken in turn, so that a busy machine disturbs all alike.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=float, default=32, help="MiB that memory may grow by")
    parser.add_argument("--longest", type=float, default=2, help="times sha256sum of the file")
    asked = parser.parse_args(words)
    size = asked.mebibytes * len(BLOCK)
    sent: list[float] = []
    sums: list[float] = []
    disk: list[float] = []
    alone: list[float] = []
    peak = 0.0
    with tempfile.TemporaryDirectory() as folder:
        site, copy = Site(Path(folder)), Path(folder) / "copy"
        site.start()
        try:
            assert site.running is not None
            site.send("warm.txt", lambda: iter([b"warm"]), 4, key="warm")
            idle = resident(site.running.pid)
            for turn in range(asked.rounds):
                began = time.perf_counter()
                with Watch(site.running.pid) as watch:
                    name, body = f"evidence {turn}.txt", lambda: blocks(asked.mebibytes)
                    answer = site.send(name, body, size, key=str(turn))
                sent.append(time.perf_counter() - began)
                assert answer["kept"], answer
                peak = max(peak, watch.peak)
                disk.append(written(copy, asked.mebibytes))
                sums.append(summed(copy))
                alone.append(hashing(asked.mebibytes))
        finally:
            site.kill()
    took, growth, times = min(sent), peak - idle, min(sent) / min(sums)
    print(
        f"upload of {asked.mebibytes} MiB, {asked.rounds} times: memory {idle:.0f} MiB idle, "
        f"{peak:.0f} MiB at most ({peak / idle:.2f} x, +{growth:.1f} MiB)\n"
        f"  at best {took:.2f} s, {times:.2f} x sha256sum of the file ({min(sums):.2f} s), "
        f"{took / min(disk):.2f} x writing it ({min(disk):.2f} s), "
        f"{took / min(alone):.2f} x hashing it in memory ({min(alone):.2f} s)"
    )
    return 0 if growth <= asked.most and times <= asked.longest else 1


if __name__ == "__main__":
    sys.exit(main())
