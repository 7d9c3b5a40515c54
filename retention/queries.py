"""What the pages and the clock need from several models: the dates of R52, what is due, and what a list holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.proof import Held
from core import disposal
from core.retention import LETS_GO, Kept, Kind, answers
from core.words import counted
from inspections.enums import InspectionState
from inspections.models import Addressee, Inspection, Invitation
from reports.models import Report
from retention.enums import OPEN, DisposalState
from retention.models import (
    DisposalItem,
    DisposalList,
    LegalHold,
    Proceedings,
    SubjectAccessPack,
    Submission,
)

AHEAD = timedelta(
    days=28
)  # a list is proposed four weeks before its day, so that it can be approved in time


# ---------- The date of R52 ----------


def a_year_after(day: date) -> date:
    """The same day a year later; of 29 February the 28th, since the law says not later than."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class Closing:
    """What decides when the records of one inspection must be gone."""

    inspection: Inspection
    submitted_on: date | None
    published_on: date | None
    withdrawn_on: date | None
    determined_on: date | None
    open_proceedings: int
    hold: LegalHold | None

    @property
    def disposal_on(self) -> date | None:
        """R52: a year after the last of submission, publication and the end of connected proceedings. None while one is open.

        A plan that was withdrawn is never published: its year begins with the withdrawal.
        """
        if self.open_proceedings or not (self.published_on or self.withdrawn_on):
            return None
        days = (self.submitted_on, self.published_on, self.withdrawn_on, self.determined_on)
        return a_year_after(max(day for day in days if day))


def closings(inspections: Iterable[Inspection]) -> list[Closing]:
    """For each inspection its dates; the same four queries whatever their number."""
    found = list(inspections)
    pks = [one.pk for one in found]
    published = dict(
        Report.objects.filter(inspection__in=pks, published_at__isnull=False).values_list(
            "inspection_id", "published_at"
        )
    )
    submitted = dict(
        Submission.objects.filter(inspection__in=pks).values_list("inspection_id", "submitted_on")
    )
    held = {
        hold.inspection_id: hold
        for hold in LegalHold.objects.standing()
        .filter(inspection__in=pks)
        .select_related("placed_by")
    }
    running: dict[int, int] = {}
    determined: dict[int, date] = {}
    for pk, day in Proceedings.objects.filter(inspection__in=pks).values_list(
        "inspection_id", "determined_on"
    ):
        if day is None:
            running[pk] = running.get(pk, 0) + 1
        else:
            determined[pk] = max(day, determined.get(pk, day))
    return [
        Closing(
            inspection=one,
            submitted_on=submitted.get(one.pk),
            published_on=timezone.localdate(published[one.pk]) if one.pk in published else None,
            withdrawn_on=timezone.localdate(one.state_since)
            if one.state == InspectionState.WITHDRAWN
            else None,
            determined_on=determined.get(one.pk),
            open_proceedings=running.get(one.pk, 0),
            hold=held.get(one.pk),
        )
        for one in found
    ]


def closing_of(inspection: Inspection) -> Closing:
    """The dates of one inspection."""
    return closings([inspection])[0]


# ---------- What is due ----------


@dataclass(frozen=True, slots=True)
class Due:
    """One row that is due: what it is, which one, and the fingerprint of a file."""

    kind: str
    row_id: str
    title: str
    size: int | None
    sha256: str


def ended() -> QuerySet[Inspection]:
    """Inspections whose year may have begun, and those that were withdrawn."""
    over = Q(report__published_at__isnull=False) | Q(state=InspectionState.WITHDRAWN)
    return Inspection.objects.filter(over).select_related("area")


def held_back() -> QuerySet[Inspection]:
    """Inspections of which nothing goes now, whatever is due: a legal hold stands, or connected proceedings run (R52)."""
    return Inspection.objects.filter(
        Q(pk__in=LegalHold.objects.standing().values("inspection"))
        | Q(pk__in=Proceedings.objects.running().values("inspection"))
    )


def due(how: disposal.Disposal, inspection: Inspection | None, *, now: datetime) -> disposal.Rows:
    """The rows of one kind that are due and not held back: of one inspection, or those that are due by themselves.

    The list is proposed from these, and nothing else is destroyed: what came under a hold meanwhile is not among them.
    """
    rows = how.of(inspection.reference) if inspection else how.due_by(now)
    if not how.inspection:
        return rows
    return rows.exclude(**{f"{how.inspection}__in": held_back().values("reference")})


def due_rows(inspection: Inspection | None, *, on: date, now: datetime) -> Iterator[Due]:
    """What is there to destroy: of one inspection, or of what belongs to none. What somebody took off a list waits its time."""
    for how in disposal.disposals():
        rows = due(how, inspection, now=now)
        spared = set(
            DisposalItem.objects.filter(
                kind=how.kind, look_again_on__gt=on, disposal_list__inspection=inspection
            ).values_list("row_id", flat=True)
        )
        for row in rows.iterator(chunk_size=500):
            if str(row.pk) not in spared:
                size, sha256 = how.fingerprint(row)
                yield Due(how.kind, str(row.pk), how.title(row)[:300], size, sha256)


# ---------- What a list holds ----------


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing on a list."""

    kind: str
    words: str
    going: int
    spared: int

    @property
    def kind_words(self) -> str:
        return _first_capital(self.words.partition(",")[2])

    @property
    def count_words(self) -> str:
        return counted(self.going, self.words)


def words_of(kind: str) -> str:
    """What things of this kind are called, as ``one,many``."""
    try:
        return disposal.disposal_of(kind).words
    except KeyError:
        return "record,records"


def lines_of(disposal_list: DisposalList) -> list[Line]:
    """Each kind on the list with its number, in the order in which it goes. One query."""
    order = {how.kind: place for place, how in enumerate(disposal.disposals())}
    counts = (
        disposal_list.items.order_by()
        .values("kind")
        .annotate(
            going=Count("pk", filter=Q(look_again_on__isnull=True)),
            spared=Count("pk", filter=Q(look_again_on__isnull=False)),
        )
    )
    lines = [
        Line(row["kind"], words_of(row["kind"]), row["going"], row["spared"]) for row in counts
    ]
    return sorted(lines, key=lambda line: order.get(line.kind, 99))


def going_words(disposal_list: DisposalList) -> str:
    """How much is to go, in words: ``214 things of 7 kinds``."""
    lines = [line for line in lines_of(disposal_list) if line.going]
    number = sum(line.going for line in lines)
    return f"{counted(number, 'thing,things')} of {counted(len(lines), 'kind,kinds')}"


def digest_of(disposal_list: DisposalList) -> str:
    """What the approver has seen, as one word: other items, or the same ones of another kind, title or file, give another one."""
    items = disposal_list.items.going().order_by("pk")
    seen = list(items.values_list("pk", "kind", "row_id", "title", "size", "sha256"))
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:32]


def files_of(disposal_list: DisposalList) -> QuerySet[DisposalItem]:
    """The files on the list that are to go or are gone, by their fingerprint."""
    return disposal_list.items.going().exclude(sha256="").order_by("sha256", "pk")


def events_on_certificates() -> Iterator[Held]:
    """The event that each certificate names, for the proof of the record. One query."""
    rows = DisposalList.objects.finished().values_list("reference", "anchor_number", "anchor_hash")
    for reference, number, hash in rows:
        if number is not None:
            yield Held(f"The certificate of destruction {reference}", number, hash)


# ---------- Packs ----------


def same_pack(person: User, *, request: str, last_on: date, by: User) -> SubjectAccessPack | None:
    """What they collected about this person for this request until this day, and is still there: a second click, a second tab."""
    made = SubjectAccessPack.objects.filter(person=person, request=request, last_on=last_on)
    return made.filter(made_by=by, removed_at=None).first()


def known_of_others(person: User) -> set[str]:
    """Names, e-mail addresses and telephone numbers of everybody else who is known here, by account or by letter.

    What is the person's own too, such as a telephone that two share or the name of a namesake, is not among them.
    """
    own = {person.name.lower(), person.email.lower(), person.telephone.lower()}
    found = set(User.objects.exclude(pk=person.pk).values_list("name", "email", "telephone"))
    for model in (Invitation, Addressee):
        found |= {(name, email, "") for name, email in model.objects.values_list("name", "email")}
    own |= {name.lower() for name, email, _ in found if email.lower() == person.email.lower()}
    return {word for row in found for word in row if word and word.lower() not in own}


# ---------- The pages ----------


def lists(*states: DisposalState) -> QuerySet[DisposalList]:
    """Lists in these states, with what a row of a page shows."""
    return (
        DisposalList.objects.filter(state__in=states)
        .select_related("inspection__area", "approved_by", "document")
        .annotate(going=Count("items", filter=Q(items__look_again_on__isnull=True)))
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open list with its state in words: held back, overdue, or where it stands."""

    disposal_list: DisposalList
    words: str
    tone: str


def waiting(*, on: date) -> list[Waiting]:
    """The open lists, the soonest due first. What is held back is not overdue."""
    found = list(lists(*OPEN))
    held = set(
        held_back()
        .filter(pk__in=[one.inspection_id for one in found if one.inspection_id])
        .values_list("pk", flat=True)
    )
    return [_waiting(one, held=one.inspection_id in held, late=one.is_late(on)) for one in found]


def _waiting(one: DisposalList, *, held: bool, late: bool) -> Waiting:
    if held:
        return Waiting(one, "Held back", "quiet")
    if late:
        return Waiting(one, "Overdue", "late")
    return Waiting(one, one.get_state_display(), "attention")


def holds() -> QuerySet[LegalHold]:
    """Every hold that stands."""
    return LegalHold.objects.standing().select_related("inspection__area", "placed_by")


def packs() -> QuerySet[SubjectAccessPack]:
    """Packs that have not been removed."""
    return SubjectAccessPack.objects.filter(removed_at__isnull=True).select_related(
        "person", "made_by", "document"
    )


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table of the database as the page of kept data says it."""

    title: str
    app: str
    period: str
    ends: str
    personal: tuple[str, ...]
    special: tuple[str, ...]


# What tables are called whose name in the code is no name for people: those of libraries, and a few of ours.
CALLED = {
    "accounts.AgencySignIn": "How agencies sign in",
    "accounts.FormerAddress": "Former addresses",
    "accounts.User": "Accounts",
    "account.EmailAddress": "E-mail addresses of accounts",
    "account.EmailConfirmation": "Links that prove an e-mail address",
    "audit.ChainHead": "Where the record ends",
    "audit.Event": "What was done, and by whom",
    "auth.Group": "Groups of accounts (not used)",
    "auth.Permission": "Rights of the framework (not used)",
    "contenttypes.ContentType": "The list of these tables",
    "core.Job": "Work that waits to be done",
    "core.Letter": "Letters sent by e-mail",
    "core.ReferenceCounter": "The last reference given out",
    "evaluations.EvidenceItem": "Passages of evidence",
    "evaluations.GivenPart": "Questions given out inside the partnership",
    "inspections.CorrespondenceEntry": "What was sent or said outside",
    "inspections.Leave": "Days away",
    "inspections.Membership": "Parts on inspections",
    "inspections.StandIn": "Stand-ins",
    "inspections.StepNotice": "Reminders of steps",
    "mfa.Authenticator": "Passkeys, code apps and recovery codes",
    "reports.FollowUpDecision": "Decisions on follow-up",
    "reports.YoungPeoplesVersion": "Versions for young people",
    "sessions.Session": "Who is signed in now",
    "socialaccount.SocialAccount": "Accounts of an agency's own sign-in",
    "socialaccount.SocialApp": "Servers of agencies (not used)",
    "socialaccount.SocialToken": "Tokens of an agency's sign-in (none is kept)",
    "usersessions.UserSession": "In which browser somebody is signed in",
}
# What fields are called whose name in the code is no name for people.
FIELDS = {
    "by id": "account of whoever did it",
    "by name": "name of whoever did it",
    "code hash": "fingerprint of the code",
    "data": "what proves the person",
    "email": "e-mail address",
    "email address": "e-mail address",
    "extra data": "what the agency said",
    "html": "the words as a page",
    "ip": "address in the network",
    "key": "key of the link",
    "link hash": "fingerprint of the link",
    "secret hash": "fingerprint of the link",
    "session data": "what the session remembers",
    "session key": "key of the session",
    "to": "to whom",
    "token": "token of the agency",
    "token secret": "token of the agency",
    "uid": "number at the agency",
    "user": "person",
    "user agent": "browser",
}
# What the libraries' tables belong to.
SIGNING_IN = {
    "account": "Signing in",
    "auth": "Signing in",
    "contenttypes": "How the system works",
    "core": "How the system works",
    "mfa": "Signing in",
    "sessions": "Signing in",
    "socialaccount": "Signing in",
    "usersessions": "Signing in",
}


def kept() -> list[KeptTable]:
    """What is kept and for how long, from the declarations of every app; earlier versions follow their own table."""
    tables: dict[Any, list[Kept]] = {}
    for model in apps.get_models():
        if not hasattr(model, "history_id"):
            tables[model] = [one for one in answers([model]) if isinstance(one, Kept)]
    return [
        KeptTable(
            title=CALLED.get(
                model._meta.label, _first_capital(str(model._meta.verbose_name_plural))
            ),
            app=SIGNING_IN.get(model._meta.app_label, str(model._meta.app_config.verbose_name)),
            period=fields[0].period.value,
            ends=LETS_GO[fields[0].period].value,
            personal=_said(model, fields, Kind.PERSONAL),
            special=_said(model, fields, Kind.SPECIAL),
        )
        for model, fields in tables.items()
        if fields
    ]


def _said(model: Any, fields: list[Kept], kind: Kind) -> tuple[str, ...]:
    names = [
        str(model._meta.get_field(one.field).verbose_name) for one in fields if one.kind == kind
    ]
    return tuple(dict.fromkeys(FIELDS.get(name, name) for name in names))


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
