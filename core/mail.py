"""The one door for post. Every e-mail is a stored letter, sent by a job, in plain text."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, QuerySet, TextChoices
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from core import jobs
from core.letters import DIGEST, KINDS
from core.models import Job, JobState, Letter
from core.words import one_line, shortened

LONGEST_SUBJECT = 200  # characters
FORGOTTEN = (
    "The words of this letter were for the inbox alone and are not kept. "
    "Letters of its kind can hold a link or a code that opens something.\n"
)


BROUGHT = "What this letter brought is kept, each letter by itself.\n"
DAY_BEGINS = time(7, 30)  # when the letter of the day goes, by the clock of Scotland

_CHOSEN: list[Callable[[str], bool]] = []


def bring_choice(once_a_day: Callable[[str], bool]) -> None:
    """Say who wants one letter a day: the app that knows whose an address is answers by address."""
    _CHOSEN.append(once_a_day)


def _wants_one_a_day(to: str) -> bool:
    return any(chosen(to) for chosen in _CHOSEN)


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
    at_once: bool = False,
    now: datetime | None = None,
) -> Letter:
    """Write a letter to one person, to be sent after the caller's transaction commits.

    `template="inspections/partnership_notified"` is the file `emails/inspections/partnership_notified.txt`: its first
    line is the subject, its second is blank, the rest is the body. The same key twice is one letter, the first.
    ``attachments`` are stored files, read when the letter is sent. ``forget`` is for words that hold a secret, such as a
    link to join: they are not kept once the letter is sent. Whoever chose one letter a day has what can wait with the next
    one (``core.letters``); ``at_once`` is for a letter of such a kind that is about today.
    An address that is none is no fault of whoever does the deed, nor of the others who are written to: the letter is
    kept, and its job is given up for the operator to see. Raises ValueError for a template without subject or body.

    A letter is sent exactly once as far as SMTP allows. It is marked sent as soon as the server has accepted
    it; a worker killed in that instant would send it again. The second copy carries the same Message-ID, made from
    the key, by which mailboxes recognise a duplicate.
    """
    now = now or timezone.now()
    subject, body = _compose(template, context)
    can_wait = template in KINDS and KINDS[template].waits
    waits = can_wait and not (forget or attachments or at_once) and _wants_one_a_day(to)
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
            "waits": waits,
            "created_at": now,
        },
    )
    if is_new and not waits:
        _ask_to_send(letter, now=now)
    return letter


def _ask_to_send(letter: Letter, *, now: datetime) -> None:
    jobs.enqueue("core.send_letter", key=f"letter:{letter.pk}", now=now, letter=letter.pk)


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
    with transaction.atomic():
        unsent.update(sent_at=now, **({"body": words_of(letter)} if _is_emptied(letter) else {}))
        letter.brings.filter(sent_at__isnull=True).update(sent_at=now)
    return True


def _is_emptied(letter: Letter) -> bool:
    return letter.is_forgotten or letter.template == DIGEST


# ---------- The letter of the day ----------


def day_begun(now: datetime) -> datetime:
    """The last 07:30 that there was: what was written until then goes with the letter of that day, however late it is drawn."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, DAY_BEGINS))


def _waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(waits=True, brought_by__isnull=True, sent_at__isnull=True)


def addresses_waiting() -> list[str]:
    """To whom letters wait that go with the letter of a day."""
    return list(_waiting().order_by("to").values_list("to", flat=True).distinct())


@transaction.atomic
def draw_letter_of_the_day(to: str, *, now: datetime) -> Letter | None:
    """What waits for this address becomes one letter, once its day has begun; None when nothing is due.

    Whoever does not want one a day any more gets each at once. A letter that is alone goes by itself. What is brought and the
    letter that brings it are written in one transaction: a worker that dies leaves all or nothing, and no letter is in two.
    """
    if not _wants_one_a_day(to):
        let_go([to], now=now)
        return None
    due = list(
        _waiting()
        .select_for_update()
        .filter(to=to, created_at__lte=day_begun(now))
        .order_by("created_at", "pk")
    )
    if len(due) < 2:
        for alone in due:
            _release(alone, now=now)
        return None
    brings = post(
        template=DIGEST,
        to=to,
        context={"letters": due, "day": day_begun(now)},
        key=f"letter-of-the-day:{due[0].pk}",
        now=now,
    )
    Letter.objects.filter(pk__in=[letter.pk for letter in due]).update(brought_by=brings)
    return brings


@transaction.atomic
def let_go(addresses: Iterable[str], *, now: datetime) -> int:
    """What waits for these addresses goes now, each letter by itself; how many."""
    found = list(_waiting().select_for_update().filter(to__in=list(addresses)))
    for letter in found:
        _release(letter, now=now)
    return len(found)


def _release(letter: Letter, *, now: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(waits=False)
    _ask_to_send(letter, now=now)


# ---------- Reading what was sent ----------


class Stand(TextChoices):
    """Where a letter stands, as whoever reads of it is told."""

    SENT = "sent", "Sent"
    FOR_THE_DAY = "for_the_day", "Waiting for the letter of the day, at 07:30"
    WAITING = "waiting", "Waiting to be sent"
    FAILED = "failed", "Not sent yet: the server refused it, and it is tried again"
    GIVEN_UP = "given_up", "Given up: it was not sent"


def stands_of(letters: Iterable[Letter]) -> dict[int, Stand]:
    """Where each of these letters stands, by number. One query, however many there are."""
    found = list(letters)
    keys = {_job_of(letter) for letter in found if letter.sent_at is None}
    asked = Job.objects.filter(name="core.send_letter", key__in=keys).order_by("pk")
    states = dict(asked.values_list("key", "state"))  # the last one asked for counts
    return {letter.pk: _stand(letter, states.get(_job_of(letter))) for letter in found}


def _job_of(letter: Letter) -> str:
    """What sends it: its own job, or that of the letter of the day that brings it."""
    return f"letter:{letter.brought_by_id or letter.pk}"


def _stand(letter: Letter, job: str | None) -> Stand:
    if letter.sent_at:
        return Stand.SENT
    if letter.waits and letter.brought_by_id is None:
        return Stand.FOR_THE_DAY
    if job == JobState.RUNNING or (job == JobState.QUEUED and not letter.attempts):
        return Stand.WAITING
    return Stand.FAILED if job == JobState.QUEUED else Stand.GIVEN_UP


def mark_opened(letter: Letter, *, now: datetime) -> None:
    """Its reader has opened it in the product. The first time counts."""
    Letter.objects.filter(pk=letter.pk, opened_at__isnull=True).update(opened_at=now)


def words_of(letter: Letter) -> str:
    """What it says. Not where that opens something: a letter that still waits holds its secret, and others read this."""
    if letter.template == DIGEST:
        return BROUGHT
    return FORGOTTEN if letter.is_forgotten else letter.body
