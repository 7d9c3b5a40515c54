"""The one door for post. Every e-mail is a stored letter, sent by a job, in plain text."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, TextChoices
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from core import jobs
from core.models import Job, JobState, Letter
from core.words import one_line, shortened

LONGEST_SUBJECT = 200  # characters
FORGOTTEN = (
    "The words of this letter were for the inbox alone and are not kept. "
    "Letters of its kind can hold a link or a code that opens something.\n"
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file that goes with a letter: the name people see, its path in default storage, its content type."""

    name: str
    path: str
    content_type: str


@transaction.atomic
def post(
    *,
    template: str,
    to: str,
    context: Mapping[str, Any],
    key: str,
    subject_reference: str = "",
    attachments: Sequence[Attachment] = (),
    forget: bool = False,
    now: datetime | None = None,
) -> Letter:
    """Write a letter to one person, to be sent after the caller's transaction commits.

    `template="inspections/partnership_notified"` is the file `emails/inspections/partnership_notified.txt`: its first
    line is the subject, its second is blank, the rest is the body. The same key twice is one letter, the first.
    ``attachments`` are stored files, read when the letter is sent. ``forget`` is for words that hold a secret, such as a
    link to join: they are not kept once the letter is sent.
    An address that is none is no fault of whoever does the deed, nor of the others who are written to: the letter is
    kept, and its job is given up for the operator to see. Raises ValueError for a template without subject or body.

    A letter is sent exactly once as far as SMTP allows. It is marked sent as soon as the server has accepted
    it; a worker killed in that instant would send it again. The second copy carries the same Message-ID, made from
    the key, by which mailboxes recognise a duplicate.
    """
    now = now or timezone.now()
    subject, body = _compose(template, context)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "template": template,
            "to": to,
            "subject": subject,
            "body": body,
            "subject_reference": subject_reference,
            "attachments": [[one.name, one.path, one.content_type] for one in attachments],
            "is_forgotten": forget,
            "created_at": now,
        },
    )
    if is_new:
        jobs.enqueue("core.send_letter", key=f"letter:{letter.pk}", now=now, letter=letter.pk)
    return letter


def _compose(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body. Nothing is escaped, since nothing is HTML.

    Whatever people wrote of which a subject is made, it is one line that can be read and fits: a long name, or one with
    a character that nobody sees, keeps no letter from going.
    """
    source: Any = get_template(f"emails/{template}.txt")
    text = source.template.render(Context(dict(context), autoescape=False)).lstrip("\n")
    above, _, body = re.sub(r"\n[ \t\r]*\n", "\n\n", text, count=1).partition("\n\n")
    # No database keeps the character of number nought, and no reader of letters shows it.
    subject = shortened(one_line(above), LONGEST_SUBJECT)
    body = body.replace("\x00", "").strip("\n")
    if not subject or not body:
        raise ValueError(
            f"{template}: the subject is one line, a blank line and the body follow it."
        )
    return subject, f"{body}\n"


def message_id(key: str) -> str:
    """The Message-ID of the letter with that key: the same at every attempt, and telling nothing."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def send(letter_id: int, *, now: datetime) -> bool:
    """Give the letter to the mail server, unless it was sent before. True when it was sent now.

    No transaction is open while the server is spoken to: a slow one would hold up everybody who writes.
    """
    unsent = Letter.objects.filter(pk=letter_id, sent_at__isnull=True)
    letter = unsent.first()
    if letter is None:
        return False
    unsent.update(attempts=F("attempts") + 1)
    try:
        validate_email(letter.to)
    except ValidationError as fault:
        raise jobs.GiveUp(f"The address of letter {letter.pk} is none.") from fault
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={"Message-ID": message_id(letter.key), "Auto-Submitted": "auto-generated"},
    )
    for name, path, content_type in letter.attachments:
        with default_storage.open(path) as file:
            message.attach(name, file.read(), content_type)
    message.send()
    unsent.update(sent_at=now, **({"body": FORGOTTEN} if letter.is_forgotten else {}))
    return True


# ---------- Reading what was sent ----------


class Stand(TextChoices):
    """Where a letter stands, as whoever reads of it is told."""

    SENT = "sent", "Sent"
    WAITING = "waiting", "Waiting to be sent"
    FAILED = "failed", "Not sent yet: the server refused it, and it is tried again"
    GIVEN_UP = "given_up", "Given up: it was not sent"


def stands_of(letters: Iterable[Letter]) -> dict[int, Stand]:
    """Where each of these letters stands, by number. One query, however many there are."""
    found = list(letters)
    keys = [f"letter:{letter.pk}" for letter in found if letter.sent_at is None]
    asked = Job.objects.filter(name="core.send_letter", key__in=keys).order_by("pk")
    states = dict(asked.values_list("key", "state"))  # the last one asked for counts
    return {letter.pk: _stand(letter, states.get(f"letter:{letter.pk}")) for letter in found}


def _stand(letter: Letter, job: str | None) -> Stand:
    if letter.sent_at:
        return Stand.SENT
    if job == JobState.RUNNING or (job == JobState.QUEUED and not letter.attempts):
        return Stand.WAITING
    return Stand.FAILED if job == JobState.QUEUED else Stand.GIVEN_UP


def words_of(letter: Letter) -> str:
    """What it says. Not where that opens something: a letter that still waits holds its secret, and others read this."""
    return FORGOTTEN if letter.is_forgotten else letter.body
