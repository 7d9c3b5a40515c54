"""What this app keeps, and for how long. That sessions were planned, and when, stays in the log; who was asked about what does not."""

from django.db.models import Q

from core.disposal import About, Disposal, bring, bring_about, delete, goes_with
from core.retention import Period, declare
from onsite.models import Room, Session, SessionPart

FIRST, LATER = 40, 50


def _when(part: SessionPart) -> str:
    session = part.session
    return f"{session.inspection.reference}, day {session.day}, {session.begins:%H:%M} to {session.ends:%H:%M}"


declare(Room, Period.OBTAINED, ordinary=["name", "address", "directions"])
declare(
    Session,
    Period.OBTAINED,
    ordinary=["begins", "ends", "kind", "state"],
    personal=["title", "asked", "cancellation_reason"],
)
declare(SessionPart, Period.OBTAINED)

bring(
    Disposal(
        Session,
        "session on site,sessions on site",
        delete,
        title=lambda session: f"Day {session.day}, {session.begins:%H:%M} to {session.ends:%H:%M}",
        inspection="inspection__reference",
        order=FIRST,
    )
)
goes_with(SessionPart, Session)
bring(
    Disposal(
        Room,
        "room for sessions on site,rooms for sessions on site",
        delete,
        title=lambda room: room.name,
        inspection="inspection__reference",
        order=LATER,
    )
)
bring_about(
    About(
        SessionPart,
        "Sessions on site in which this person takes part",
        lambda person: Q(person=person),
        ("session", ("When", _when), "leads"),
    )
)
