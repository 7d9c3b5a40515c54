"""What went out about one inspection, to whom, and where it stands; and what happened outside, as it was put on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, Min, QuerySet, Value
from django.db.models.functions import Cast, Lower

from accounts.models import FormerAddress, User
from accounts.roles import PARTNERSHIP_ROLES, Role
from core import letters, mail
from core.models import Letter
from inspections.models import (
    CorrespondenceEntry,
    Inspection,
    Invitation,
    Membership,
    NotificationLetter,
    SharedInbox,
    StandIn,
)

PARTNERSHIP, INSPECTORATES = "partnership", "inspectorates"
SIDES = [(PARTNERSHIP, "The partnership"), (INSPECTORATES, "The inspectorates")]
OUTSIDE = "outside"
CONCERNS = "concerns/"  # templates of letters about concerns begin so


@dataclass(frozen=True, slots=True)
class Readers:
    """Who is behind the addresses of one inspection: names, until when each held it, which are the partnership's, and which stand
    on the pages of the inspection."""

    names: Mapping[str, list[tuple[datetime | None, str]]]
    partnership: frozenset[str]
    on_its_pages: frozenset[str]

    def name_of(self, letter: Letter) -> str:
        """Whose address it was when the letter was written."""
        held = self.names.get(letter.to.lower(), [])
        return next(
            (name for until, name in held if until is None or letter.created_at <= until),
            "Somebody whose account is gone",
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the correspondence: a letter with its reader and stand, or what happened outside."""

    letter: Letter | None = None
    entry: CorrespondenceEntry | None = None
    to: str = ""
    address: str = ""
    side: str = ""
    stand: mail.Stand | None = None

    @property
    def kind(self) -> str:
        return letters.title_of(self.letter.template) if self.letter else ""

    @property
    def words(self) -> str:
        return mail.words_of(self.letter) if self.letter else ""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The part of it that one reader sees: their side, with or without letters of concerns and what the team put on record."""

    inspection: Inspection
    side: str
    with_concerns: bool
    with_entries: bool
    _kept: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def readers(self) -> Readers:
        """Asked once."""
        if "readers" not in self._kept:
            self._kept["readers"] = _readers_of(self.inspection)
        found: Readers = self._kept["readers"]
        return found

    def letters(self) -> QuerySet[Letter]:
        """Every letter that this reader sees."""
        found = Letter.objects.filter(subject_reference=self.inspection.reference)
        if not self.with_concerns:
            found = found.exclude(template__startswith=CONCERNS)
        return _of_side(found, self.side, self.readers)

    def choices(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """To whom and of which kind, as far as there is any. A reader is known by the number of their first letter, since the
        address of a page holds no e-mail address."""
        rows = (
            self.letters()
            .order_by()
            .annotate(address=Lower("to"))
            .values_list("address", "template")
            .annotate(first=Min("pk"), times=Count("pk"))
        )
        first: dict[str, int] = {}
        times: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for address, template, pk, count in rows:
            first[address] = min(pk, first.get(address, pk))
            times[address] += count
            kinds[template] += count
        whom = sorted(
            (f"{self._latest_name(address)} ({times[address]:,})", str(pk))
            for address, pk in first.items()
        )
        what = sorted(
            (f"{letters.title_of(name)} ({count:,})", name) for name, count in kinds.items()
        )
        outside = [(OUTSIDE, "Outside the product")] if self.with_entries else []
        return [(pk, words) for words, pk in whom], [
            *((name, words) for words, name in what),
            *outside,
        ]

    def _latest_name(self, address: str) -> str:
        held = self.readers.names.get(address, [])
        return held[-1][1] if held else "Somebody whose account is gone"

    def rows(self, *, to: str = "", kind: str = "", side: str = "") -> QuerySet[Any, Any]:
        """Which lines there are, newest first, as they are filtered: what each is, and its number."""
        found = _of_side(self.letters(), side, self.readers)
        if to:
            address = self.letters().filter(pk=to).values_list("to", flat=True).first()
            found = found.filter(to__iexact=address or "")
        entries = self.inspection.correspondence.all()
        if not self.with_entries or to or side or kind not in ("", OUTSIDE):
            entries = entries.none()
        if kind:
            found = found.none() if kind == OUTSIDE else found.filter(template=kind)
        written = (
            found.order_by()
            .annotate(is_letter=Value(1), moment=F("created_at"))
            .values_list("is_letter", "pk", "moment")
        )
        outside = (
            entries.order_by()
            .annotate(is_letter=Value(0), moment=Cast("happened_on", DateTimeField()))
            .values_list("is_letter", "pk", "moment")
        )
        return written.union(outside, all=True).order_by("-moment", "-is_letter", "-pk")

    def lines(self, rows: Iterable[tuple[int, int, datetime]]) -> list[Sent]:
        """The lines of one page. Three queries, however many there are."""
        shown = [(is_letter, pk) for is_letter, pk, _ in rows]
        written = Letter.objects.in_bulk([pk for is_letter, pk in shown if is_letter])
        entries = CorrespondenceEntry.objects.select_related(
            "recorded_by", "corrects", "correction__recorded_by"
        ).in_bulk([pk for is_letter, pk in shown if not is_letter])
        stands = mail.stands_of(written.values())
        return [
            self._line(written[pk], stands[pk]) if is_letter else Sent(entry=entries[pk])
            for is_letter, pk in shown
        ]

    def _line(self, letter: Letter, stand: mail.Stand) -> Sent:
        address = letter.to.lower()
        side = PARTNERSHIP if address in self.readers.partnership else INSPECTORATES
        return Sent(
            letter=letter,
            to=self.readers.name_of(letter),
            address=letter.to if address in self.readers.on_its_pages else "",
            side=dict(SIDES)[side],
            stand=stand,
        )


def _of_side(found: QuerySet[Letter], side: str, readers: Readers) -> QuerySet[Letter]:
    if not side:
        return found
    addressed = found.annotate(address=Lower("to"))
    if side == PARTNERSHIP:
        return addressed.filter(address__in=readers.partnership)
    return addressed.exclude(address__in=readers.partnership)


def _readers_of(inspection: Inspection) -> Readers:
    """Everybody who was ever written to about it. The same number of queries, however many they are."""
    parts = set(
        Membership.objects.filter(inspection=inspection).values_list("person_id", "role").order_by()
    ) | set(
        StandIn.objects.filter(membership__inspection=inspection)
        .values_list("person_id", "membership__role")
        .order_by()
    )
    invited = list(
        Invitation.objects.filter(inspection=inspection).values_list("email", "name", "role")
    )
    told = [
        *SharedInbox.objects.filter(inspection=inspection).values_list("email", "agency__name"),
        *NotificationLetter.objects.filter(notification__inspection=inspection).values_list(
            "email", "name"
        ),
    ]
    sent = Letter.objects.filter(subject_reference=inspection.reference)
    written_to = set(sent.order_by().values_list(Lower("to"), flat=True).distinct())
    former = list(
        FormerAddress.objects.filter(email__in=written_to)
        .order_by("left_at")
        .values_list("email", "left_at", "person_id", "person__name")
    )
    people = list(User.objects.filter(email__in=written_to).values_list("email", "pk", "name"))

    names: dict[str, list[tuple[datetime | None, str]]] = {}
    for email, left_at, _, name in former:
        names.setdefault(email.lower(), []).append((left_at, name))
    for email, _, name in people:
        names.setdefault(email.lower(), []).append((None, name))
    for email, name in [*told, *((email, name) for email, name, _ in invited)]:
        held = names.setdefault(email.lower(), [])
        if not held or held[-1][0] is not None:
            held.append((None, name))

    holders = [(email.lower(), pk) for email, pk, _ in people]
    holders += [(email.lower(), pk) for email, _, pk, _ in former]
    ours = {pk for pk, role in parts if role not in PARTNERSHIP_ROLES}
    theirs = {pk for pk, role in parts if role in PARTNERSHIP_ROLES}
    partnership = {email for email, pk in holders if pk in theirs}
    partnership |= {email.lower() for email, _ in told}
    partnership |= {email.lower() for email, _, role in invited if Role(role) in PARTNERSHIP_ROLES}
    # An address that was ever somebody's of the team is not shown to the partnership.
    partnership -= {email for email, pk in holders if pk in ours}
    partnership -= {
        email.lower() for email, _, role in invited if Role(role) not in PARTNERSHIP_ROLES
    }
    on_its_pages = {email.lower() for email, _ in told} | {email.lower() for email, _, _ in invited}
    return Readers(names, frozenset(partnership), frozenset(on_its_pages))
