"""What other apps ask about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.enums import AgencyKind
from accounts.models import Agency, AgencySignIn, FormerAddress, OfficeInvitation, User
from accounts.models.proof import has_unproved_address
from accounts.models.user import CLOCK_EMAIL
from accounts.roles import Role
from audit.models import Event, EventQuerySet
from audit.narrate import narrate
from audit.proof import PRINTED, Held
from core.dates import day_in_words
from core.disposal import sent_to
from core.letters import DIGEST
from core.memo import asked_once
from core.models import Letter
from core.words import counted


def offices_of(person: User) -> frozenset[Role]:
    """The roles a person holds for the whole programme. One query a page."""
    return asked_once(
        ("offices", person.pk),
        lambda: frozenset(Role(role) for role in person.offices.values_list("role", flat=True)),
    )


def office_holders(*roles: Role) -> QuerySet[User]:
    """Those who hold one of these offices of the programme and can sign in, each once."""
    return User.objects.filter(is_active=True, offices__role__in=roles).distinct().order_by("pk")


def in_use() -> str:
    """What shows that the product is in use, for the proof of the record: ``12 accounts``; nothing while only the clock has one."""
    count = User.objects.exclude(email=CLOCK_EMAIL).count()
    return counted(count, "account,accounts") if count else ""


def anchors_in_letters() -> Iterator[Held]:
    """The event that each weekly letter names, as far back as letters are kept, for the proof of the record. One query."""
    letters = Letter.objects.filter(template="accounts/anchor_of_record")
    for subject, day in letters.values_list("subject", "created_at"):
        found = PRINTED.search(subject)
        if found:
            yield Held(f"The letter of {day_in_words(day)}", int(found[1]), found[2])


def letters_to(person: User) -> QuerySet[Letter]:
    """The letters that went to this person, at the address that was theirs then, newest first. What only brings others is not
    among them, and nothing is before they have shown that the letters to their address are theirs to read."""
    if has_unproved_address(person):
        return Letter.objects.none()
    sent = Letter.objects.filter(sent_to(person, address="to", at="created_at"))
    return sent.exclude(template=DIGEST)


def wants_one_letter_a_day(address: str) -> bool:
    """Whether somebody who works here with this address chose so."""
    return User.objects.filter(
        email__iexact=address, letters_once_a_day=True, is_active=True
    ).exists()


def sessions_of(person: User) -> list[UserSession]:
    """Where a person is signed in now, the oldest first. Sessions that ran out are left out. One query."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user=person, session_key__in=live)
    return list(found.order_by("created_at", "pk"))


@dataclass(frozen=True, slots=True)
class Proofs:
    """What besides the password opens an account: names of passkeys, a code app, how many recovery codes are left."""

    passkeys: list[str]
    has_code_app: bool
    codes_left: int | None


def proofs_of(person: User) -> Proofs:
    """One query. ``codes_left`` is None where there are no recovery codes."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    of = {kind: [one for one in found if one.type == kind] for kind in Authenticator.Type}
    codes = of[Authenticator.Type.RECOVERY_CODES]
    return Proofs(
        passkeys=[one.wrap().name for one in of[Authenticator.Type.WEBAUTHN]],
        has_code_app=bool(of[Authenticator.Type.TOTP]),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


def is_used_recovery_code(person: User, typed: str) -> bool:
    """Whether this is one of a person's recovery codes, which opened their account before. One query."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES)
    codes = [one.wrap() for one in found]
    used = {code for one in codes for code in one.generate_codes()} - {
        code for one in codes for code in one.get_unused_codes()
    }
    return any(compare_user_code(actual=typed, expected=code) for code in used)


def gave_up_address(email: str, *, since: datetime) -> bool:
    """Whether somebody who signed in with this address has given it up since that moment."""
    return FormerAddress.objects.filter(email=email.lower(), left_at__gt=since).exists()


def agency_sign_ins() -> list[AgencySignIn]:
    """Those that can be used: the environment holds their secret, and they answer for somebody. One query."""
    known = AgencySignIn.objects.filter(key__in=list(settings.AGENCY_SIGN_IN_SECRETS))
    found = known.exclude(domains="").select_related("agency")
    return [one for one in found if one.has_secret]


def sign_in_of(agency: Agency) -> AgencySignIn | None:
    """The agency's own sign-in, whether or not its secret is there. One query."""
    return AgencySignIn.objects.filter(agency=agency).select_related("agency").first()


def agency_sign_in_for(person: User) -> AgencySignIn | None:
    """The sign-in of a person's own agency, where they can use it: its secret is there, and it answers for their address."""
    found = (
        AgencySignIn.objects.filter(agency=person.agency_id).select_related("agency").first()
        if settings.AGENCY_SIGN_IN_SECRETS and person.agency_id
        else None
    )
    return found if found and found.has_secret and found.answers_for(person.email) else None


def people(*, words: str = "", agency: Agency | None = None, state: str = "") -> QuerySet[User]:
    """Everybody who has an account, by name, with agency and offices; the clock is nobody. Narrowed as asked.

    ``words`` are looked for in name, designation and address, each of them; ``state`` is ``open``, ``closed`` or ``office``.
    """
    found = User.objects.exclude(agency__kind=AgencyKind.SYSTEM)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(designation__icontains=word) | Q(email__icontains=word)
        )
    if agency:
        found = found.filter(agency=agency)
    if state == "office":
        found = found.filter(offices__isnull=False).distinct()
    elif state:
        found = found.filter(is_active=state == "open")
    return found.select_related("agency").prefetch_related("offices").order_by("name", "pk")


def agencies() -> QuerySet[Agency]:
    """Every agency but the system itself, by kind and name, with the number of its people who can sign in."""
    return (
        Agency.objects.exclude(kind=AgencyKind.SYSTEM)
        .annotate(active_people=Count("people", filter=Q(people__is_active=True)))
        .order_by("name")
    )


def open_office_invitations() -> QuerySet[OfficeInvitation]:
    """Sent, and neither used nor withdrawn, newest first. Few: there are three offices."""
    return OfficeInvitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True
    ).select_related("agency", "invited_by")


def about_account(person: User, *, count: int = 10) -> list[dict[str, object]]:
    """The last things done to an account or its offices, and what the person tried to open in vain, as sentences; nothing of
    what they did elsewhere.
    """
    tried = Event.objects.filter(by_id=person.pk, name__endswith="_tried")
    return _told(_of_account(person).deeds() | tried, count)


def readers_of_account(person: User, *, count: int = 10) -> list[dict[str, object]]:
    """Who last read what is known of somebody, as sentences."""
    return _told(_of_account(person).filter(name="accounts.person_read"), count)


def _of_account(person: User) -> EventQuerySet:
    return Event.objects.filter(
        name__startswith="accounts.", subject_type="accounts.user", subject_id=str(person.pk)
    )


def _told(events: EventQuerySet, count: int) -> list[dict[str, object]]:
    return [{"sentence": narrate(event), "at": event.at} for event in events.newest_first()[:count]]
