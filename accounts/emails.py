"""Letters about accounts, besides those that allauth words (``accounts.adapter``)."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import reverse

from accounts import rules
from accounts.browsers import UNKNOWN, browser_in_words
from accounts.models import OfficeInvitation, User
from accounts.networks import network_of
from accounts.roles import Role
from audit.models import Event
from audit.narrate import narrate
from audit.proof import Anchor
from core import mail

FEW_CODES = 3


def second_factor_reset(person: User, *, by: User, event: Event) -> None:
    """Tell the person: if they asked for it they know what comes, and if not they raise the alarm."""
    mail.post(
        template="accounts/second_factor_reset",
        to=person.email,
        context={"person": person, "by": by, "at": event.at, "site_url": settings.SITE_URL},
        key=f"second_factor_reset:{event.number}",
        now=event.at,
    )


def codes_left(count: int) -> str:
    """How many recovery codes somebody has still, and what to do when they are nearly gone."""
    if count > FEW_CODES:
        return f"{count} are left."
    said = "None is left" if not count else "One is left" if count == 1 else f"{count} are left"
    return f"{said}: make new ones under “Signing in”."


def recovery_code_used(person: User, *, left: int, event: Event) -> None:
    """Tell the person: if it was not them, somebody has their password and their codes."""
    mail.post(
        template="accounts/recovery_code_used",
        to=person.email,
        context={
            "person": person,
            "codes_left": codes_left(left),
            "at": event.at,
            "signing_in_url": settings.SITE_URL + reverse("accounts:signing-in"),
            "password_url": settings.SITE_URL + reverse("account_reset_password"),
        },
        key=f"recovery_code_used:{event.number}",
        now=event.at,
    )


def address_claimed(person: User, *, event: Event) -> None:
    """Tell the owner that whatever was set up before they came is gone."""
    mail.post(
        template="accounts/address_claimed",
        to=person.email,
        context={"person": person, "at": event.at, "site_url": settings.SITE_URL},
        key=f"address_claimed:{event.number}",
        now=event.at,
    )


def session_moved(session: UserSession, *, ip: str, at: datetime) -> None:
    """Tell the person that a session of theirs was used from another network. Once for each network: nobody reads a letter a day."""
    person = session.user
    network = sha256(f"{person.pk} {network_of(ip)}".encode()).hexdigest()[:32]
    mail.post(
        template="accounts/session_moved",
        to=person.email,
        context={
            "person": person,
            "browser": browser_in_words(session.user_agent) or UNKNOWN,
            "began_at": session.created_at,
            "ip": ip,
            "at": at,
            "sessions_url": settings.SITE_URL + reverse("accounts:sessions"),
        },
        key=f"session-moved:{network}",
        now=at,
    )


def email_change_asked(person: User, *, event: Event) -> None:
    """Tell the address that there is, while it is still the one: the other may not be the person's own."""
    mail.post(
        template="accounts/email_change_asked",
        to=person.email,
        context={
            "person": person,
            "at": event.at,
            "link": settings.SITE_URL + reverse("account_reset_password"),
        },
        key=f"email_change_asked:{event.number}",
        now=event.at,
    )


def office_holder_invited(invitation: OfficeInvitation, *, secret: str) -> None:
    """The link to take the office, in words that are not kept. A new link (sent again) is a new letter."""
    mail.post(
        template="accounts/office_holder_invited",
        to=invitation.email,
        context={
            "invitation": invitation,
            "role": rules.words_of(Role(invitation.role)),
            "has_account": User.objects.filter(email=invitation.email).exists(),
            "link": settings.SITE_URL + reverse("accounts:accept-office-invitation", args=[secret]),
        },
        key=f"office-invitation:{invitation.secret_hash[:40]}",
        forget=True,
    )


def office_changed(event: Event, *, to: User, email: str) -> None:
    """Somebody comes to an office of the programme, as the record has it. One a person and deed."""
    mail.post(
        template="accounts/office_changed",
        to=to.email,
        context={
            "sentence": narrate(event),
            "to": to,
            "at": event.at,
            "by": event.by_name,
            "email": email,
        },
        key=f"office-changed:{event.number}:{to.pk}",
        now=event.at,
    )


def office_taken_by_link(invitation: OfficeInvitation) -> None:
    """Somebody took the office with the link that was sent to this address, which may have been sent on. One an invitation."""
    mail.post(
        template="accounts/office_taken_by_link",
        to=invitation.email,
        context={
            "invitation": invitation,
            "role": rules.words_of(Role(invitation.role)),
            "reset_link": settings.SITE_URL + reverse("account_reset_password"),
        },
        key=f"office-taken-by-link:{invitation.pk}",
    )


def anchor_of_record(person: User, *, anchor: Anchor, week: date, at: datetime) -> None:
    """To keep outside the database. One a week, whatever else happens to the job that asks for it."""
    mail.post(
        template="accounts/anchor_of_record",
        to=person.email,
        context={"person": person, "anchor": anchor},
        key=f"anchor-of-record:{week:%Y-%m-%d}:{person.pk}",
        now=at,
    )
