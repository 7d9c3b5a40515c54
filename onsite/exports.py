"""What leaves this app as a file: the sessions as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onsite.models import Session
from onsite.queries import Day

SHARED = ("Day", "Date", "From", "To", "Kind", "Session", "Room", "Address", "Who is asked to come")
INSIDE = ("Led by", "Who takes part", "The partnership sees it", "State")


def session_rows(
    sessions: Iterable[Session], days: Mapping[int, Day], *, with_people: bool
) -> Iterator[list[str]]:
    """One row a session under a row of headings; who takes part only where that is asked for."""
    yield [*SHARED, *INSIDE] if with_people else [*SHARED, "State"]
    for one in sessions:
        day = days.get(one.day)
        row = [
            str(one.day),
            f"{day.date:%Y-%m-%d}" if day else "",
            f"{one.begins:%H:%M}",
            f"{one.ends:%H:%M}",
            one.get_kind_display(),
            one.title,
            one.room.name if one.room else "",
            one.room.address if one.room else "",
            one.asked,
        ]
        if with_people:
            people = ", ".join(person.name for person in one.people)
            row += [one.lead.name if one.lead else "", people, "Yes" if one.is_shared else "No"]
        yield [*row, one.get_state_display()]
