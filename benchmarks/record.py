"""What proving a record of 1,000,000 events costs: against hashing them, and the most memory. Run: python -m benchmarks.record

The events are written straight into an SQLite database of its own, chained as the product chains them, by one process; another
proves them, so that its memory is the proof's alone. That one first makes and hashes the same events without any database, and
counts its own processor time for both: how much more proving takes says the same on a slow machine and on a busy one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.models import Event

ROOT = Path(__file__).resolve().parents[1]
LONGEST, MOST = 2.5, 32.0  # times what making and hashing takes; MiB that memory may grow by
INSERT = f"INSERT INTO audit_event VALUES ({', '.join('?' * 11)})"


def chained(count: int) -> Iterator[Event]:
    """So many events, each holding the hash of the one before it."""
    from audit.models import GENESIS, Event

    previous, at = GENESIS, datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    for number in range(1, count + 1):
        row = Event(
            number=number,
            name="evaluations.evidence_recorded",
            at=at + timedelta(seconds=number),
            by_id=1 + number % 40,
            by_name=f"Inspector {number % 40}",
            subject_type="evaluations.evidence",
            subject_id=str(number),
            inspection_reference=f"JI-2026-{number % 32:03}",
            details={"title": f"Item {number}", "indicators": ["1.1", "2.1"]},
            previous_hash=previous,
        )
        row.hash = previous = row.fingerprint()
        yield row


def fill(count: int) -> None:
    """Write the record, as fast as SQLite takes it: nobody needs this one after a crash."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from audit.models import GENESIS

    call_command(
        "migrate", verbosity=0
    )  # all of it: what other apps hold beside the chain is looked for, too
    with connection.cursor() as cursor:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000"):
            cursor.execute(f"PRAGMA {pragma}")
        with transaction.atomic():
            cursor.execute(
                "INSERT INTO audit_chainhead (id, last_number, last_hash) VALUES (1, 0, %s)",
                [GENESIS],
            )
            cursor.connection.executemany(INSERT, _rows(count))  # the end moves on with each


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    """The columns as they are stored."""
    for row in chained(count):
        yield (
            row.number,
            row.name,
            row.at.strftime("%Y-%m-%d %H:%M:%S"),
            row.by_id,
            row.by_name,
            row.subject_type,
            row.subject_id,
            row.inspection_reference,
            json.dumps(row.details),
            row.previous_hash,
            row.hash,
        )


def prove(count: int) -> None:
    """Hash the same events, then prove the record: print the seconds of each and how far memory rose in proving, in MiB."""
    from audit import proof

    began = time.process_time()
    for _ in chained(count):
        pass
    hashed = time.process_time() - began
    before, began = peak(), time.process_time()
    found = proof.prove()
    proved = time.process_time() - began
    if (found.events, found.count) != (count, 0):
        raise SystemExit(f"The record is not whole: {found}")
    print(f"{hashed:.3f} {proved:.3f} {peak() - before:.2f}")


def peak() -> float:
    """MiB that this process held at most until now."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes / 1024 if sys.platform != "darwin" else kibibytes / 1024 / 1024


def in_a_process_of_its_own(deed: str, count: int, folder: str) -> str:
    """Do one of the two with a database in this folder."""
    code = f"import django; django.setup(); from benchmarks import record;record.{deed}({count})"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/record.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def main(words: list[str] | None = None) -> None:
    """Print the figures, and fail where one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    count = parser.parse_args(words).events
    with tempfile.TemporaryDirectory(prefix="joint-inspections-record-") as folder:
        in_a_process_of_its_own("fill", count, folder)
        printed = in_a_process_of_its_own("prove", count, folder)
    hashed, proved, grown = map(float, printed.split())
    ratio = proved / hashed
    print(f"{count:,} events: hashed in {hashed:.1f} s, proved in {proved:.1f} s of the processor")
    print(f"proving takes {ratio:.2f} times as long as hashing (limit {LONGEST:.1f})")
    print(f"memory grew by {grown:.1f} MiB meanwhile (limit {MOST:.0f} MiB)")
    if ratio > LONGEST or grown > MOST:
        raise SystemExit("Proving the record has become slow, or its memory grows with the record.")


if __name__ == "__main__":
    main()
