"""How long 1,000 timetables take, each with its own holidays. Run: python -m benchmarks.timetables"""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

from core.workdays import public_holidays
from inspections.timetable import draw_timetable, monday_of, read_method

REFERENCE = Path(__file__).resolve().parents[1] / "inspections" / "reference"
FIRST = date(2025, 1, 6)
LIMIT = 2.0  # seconds for 1,000


def measure(count: int = 1000) -> float:
    """Seconds for ``count`` timetables, from different days of notification and different holidays."""
    method = read_method(REFERENCE, "2018")
    closed = public_holidays(range(FIRST.year, FIRST.year + 30))
    begun = time.perf_counter()
    for number in range(count):
        notified_on = FIRST + timedelta(weeks=number)
        holidays = [
            monday_of(notified_on) + timedelta(weeks=4 + number % 5 + gap)
            for gap in (0, 10, 11, 18, 25, 26)
        ]
        draw_timetable(method, notified_on, holidays, closed)
    return time.perf_counter() - begun


def main() -> None:
    """Print the figure, and fail where it is over the limit."""
    seconds = measure()
    print(f"1,000 timetables: {seconds:.2f} s (limit {LIMIT:.0f} s)")
    if seconds > LIMIT:
        raise SystemExit("Drawing timetables has become slow.")


if __name__ == "__main__":
    main()
