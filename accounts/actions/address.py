"""Another e-mail address, and the proof that the one there is belongs to whoever has the account."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import emails
from accounts.actions.people import lock_person
from accounts.models import FormerAddress, User, has_unproved_address
from accounts.signed_in import sign_out_everywhere
from audit.models import Event
from audit.record import record
from core.jobs import enqueue


@transaction.atomic
def leave_address(person: User, *, former: str, by: User, at: datetime) -> None:
    """allauth has put the new address in place; the old one is kept, so that what was sent there before opens nothing.

    Neither stands in the record, which outlives the account.
    """
    if former:
        FormerAddress.objects.create(person=person, email=former.lower(), left_at=at)
    record("accounts.email_changed", by=by, at=at, subject=person)


@transaction.atomic
def claim_address(person: User, *, keep: str | None, at: datetime) -> bool:
    """The owner of an address that nobody had proved has come by another way than the code: by a letter, or through their agency.

    Whoever joined by a code may have been somebody else. So the address is proved, every passkey, code app and recovery code that
    was set up before is gone, and every session has ended but the one with the key ``keep``, in which the owner is at work.
    False where the address was proved before: then nothing changes.
    """
    person = lock_person(person)
    if not has_unproved_address(person):
        return False
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True)
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person, keep=keep)
    event = record("accounts.address_claimed", by=person, at=at, subject=person)
    enqueue("accounts.tell_owner", key=f"tell-owner:{event.number}", now=at, event=event.number)
    return True


@transaction.atomic
def ask_for_address(person: User, *, at: datetime) -> None:
    """Another address waits to be confirmed. The one that there is hears of it before anything has changed."""
    event = record("accounts.email_change_asked", by=person, at=at, subject=person)
    enqueue("accounts.tell_owner", key=f"tell-owner:{event.number}", now=at, event=event.number)


def tell_owner(event: Event) -> None:
    """The owner of an account gets a letter about what the record says was done to its address. Safe to repeat: one an event."""
    person = User.objects.get(pk=event.subject_id)
    tell = {
        "accounts.address_claimed": emails.address_claimed,
        "accounts.email_change_asked": emails.email_change_asked,
    }
    tell[event.name](person, event=event)


def drop_waiting_addresses(person: User) -> None:
    """Part of a deed: an address that was asked for and not confirmed yet is forgotten, and its link opens nothing any more."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
