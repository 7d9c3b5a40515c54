"""Every benchmark, one after the other, in one run: ``./run bench [pages|report|upload|timetables|record]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALL = ("timetables", "pages", "report", "upload", "record")


def main(words: list[str]) -> int:
    """Run the named ones, or all; 1 when one of them failed its limit."""
    unknown = [word for word in words if word not in ALL]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}: they are {', '.join(ALL)}.")
        return 2
    failed = 0
    for name in words or ALL:
        print(f"--- {name}", flush=True)
        failed |= (
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT).returncode != 0
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
