"""What this app keeps, and for how long."""

from datetime import timedelta

from django.db.models import Q

from core.dates import day_in_words
from core.disposal import About, Disposal, bring, bring_about, delete, goes_by_itself, sent_to
from core.mail import words_of
from core.models import Job, Letter, ReferenceCounter
from core.retention import Period, declare

declare(Job, Period.NINETY_DAYS, ordinary=["name", "key", "arguments", "claimed_by", "last_error"])
declare(
    Letter,
    Period.OBTAINED,
    ordinary=["key", "template", "subject_reference"],
    personal=["to", "subject", "body", "attachments"],
)
goes_by_itself(Job, "core.forget_jobs")
declare(ReferenceCounter, Period.IN_USE, ordinary=["prefix"])


def _title(letter: Letter) -> str:
    """Which letter, without whom it went to."""
    return f"{letter.template.rpartition('/')[2].replace('_', ' ').capitalize()}, {day_in_words(letter.created_at)}"


# A letter about no inspection (a new password, a reported problem) is due ninety days after it was written.
bring(
    Disposal(
        Letter,
        "letter sent by e-mail,letters sent by e-mail",
        delete,
        title=_title,
        inspection="subject_reference",
        due=lambda now: Q(subject_reference="", created_at__lte=now - timedelta(days=90)),
        order=70,
    )
)
bring_about(
    About(
        Letter,
        "Letters sent to this person, at this address or a former one",
        lambda person: sent_to(person, address="to", at="created_at"),
        ("subject", ("Body", words_of), "created_at", "sent_at"),
    )
)
