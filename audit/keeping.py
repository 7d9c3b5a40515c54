"""What this app keeps, and for how long: the record is never shortened, or its chain would break."""

from django.db.models import Q

from audit.models import ChainHead, Event
from audit.narrate import title_of
from core.disposal import About, bring_about
from core.retention import Period, declare

declare(
    Event,
    Period.RECORD,
    ordinary=[
        "name",
        "subject_type",
        "subject_id",
        "inspection_reference",
        "previous_hash",
        "hash",
    ],
    personal=["by_id", "by_name", "details"],
)
declare(ChainHead, Period.IN_USE, ordinary=["last_hash"])


def _what(event: Event) -> str:
    """What kind of thing was done: its sentence may name other people."""
    return title_of(event.name)


bring_about(
    About(
        Event,
        "What the person did, and what was done with their account, as the record has it",
        lambda person: (
            Q(by_id=person.pk) | Q(subject_type="accounts.user", subject_id=str(person.pk))
        ),
        ("at", ("What", _what), "inspection_reference", "number"),
    )
)
