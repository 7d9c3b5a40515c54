"""A code that is read out to somebody who is invited, for when no letter arrives."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User, system_user
from accounts.models.sent_invitation import hash_of
from audit.record import record
from core.verdicts import ALLOWED, Verdict, refuse
from inspections import permissions, rules
from inspections.models import Invitation, JoiningCode
from inspections.models.joining_code import CODE_LASTS, TRIES, hash_of_code, new_code
from inspections.rules.joining_codes import MADE_HERE, NOT_TOGETHER, OWN_CODE


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of typing an address and a code: the secret of a link to the page to join, or the verdict that says no."""

    verdict: Verdict
    secret: str = ""


@transaction.atomic
def make_joining_code(invitation: Invitation, *, by: User, at: datetime) -> str:
    """A new code is good for two days, and the one before it no longer opens. It is handed back to be shown once."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=invitation.pk)
    )
    permissions.can_make_joining_code(by, invitation, now=at).enforce()
    code = new_code()
    JoiningCode.objects.update_or_create(
        invitation=invitation,
        defaults={
            "code_hash": hash_of_code(code),
            "made_at": at,
            "made_by": by,
            "expires_at": at + CODE_LASTS,
            "wrong_tries": 0,
            "link_hash": "",
        },
    )
    record(
        "inspections.joining_code_made",
        by=by,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        person=invitation.name,
    )
    return code


@transaction.atomic
def join_by_code(
    *,
    email: str,
    code: str,
    at: datetime,
    signed_in: User | None = None,
    made_here: Collection[int] = (),
) -> Tried:
    """Where this address and this code go together, a link to the page to join opens until the code runs out.

    A wrong code is not refused but counted, against every code that this address waits with: a refusal would take the
    count back with it. The answer never says whether anybody of that address is invited. Nor is it refused but put on
    record that whoever made the code types it while they are ``signed_in``, or that it is typed in a browser in which they
    made codes of late (``made_here``, by number of person): it opens nothing there.
    """
    waiting = list(
        JoiningCode.objects.select_for_update(of=("self",))
        .select_related("invitation__inspection", "made_by")
        .filter(
            invitation__email=email.strip().lower(),
            invitation__accepted_at__isnull=True,
            invitation__withdrawn_at__isnull=True,
            expires_at__gt=at,
        )
        .order_by("pk")
    )
    found = next((one for one in waiting if rules.may_join_by_code(one, code=code, now=at)), None)
    if found is None:
        for one in waiting:
            if not one.is_spent:
                count_wrong_code(one, at=at)
        return Tried(refuse(NOT_TOGETHER))
    if signed_in and signed_in.pk == found.made_by_id:
        keep_from_maker(found, by=signed_in, at=at)
        return Tried(refuse(OWN_CODE))
    if found.made_by_id in made_here:
        keep_from_browser(found, at=at)
        return Tried(refuse(MADE_HERE))
    secret = secrets.token_urlsafe(32)
    found.link_hash = hash_of(secret)
    found.save()
    record(
        "inspections.joining_code_used",
        by=system_user(),
        at=at,
        subject=found.invitation,
        inspection=found.invitation.inspection,
        person=found.invitation.name,
    )
    return Tried(ALLOWED, secret)


@transaction.atomic
def keep_from_maker(found: JoiningCode, *, by: User, at: datetime) -> None:
    """Who made a code has tried to join by it, in the name of whom they invited. That stands in the log."""
    record(
        "inspections.code_kept_from_maker",
        by=by,
        at=at,
        subject=found.invitation,
        inspection=found.invitation.inspection,
        person=found.invitation.name,
    )


@transaction.atomic
def keep_from_browser(found: JoiningCode, *, at: datetime) -> None:
    """A code was typed, by somebody who is not signed in, in a browser of whoever made it. That stands in the log."""
    record(
        "inspections.code_kept_from_browser",
        by=system_user(),
        at=at,
        subject=found.invitation,
        inspection=found.invitation.inspection,
        person=found.invitation.name,
        maker=found.made_by.name,
    )


@transaction.atomic
def count_wrong_code(found: JoiningCode, *, at: datetime) -> JoiningCode:
    """One try fewer is left. After the last, this code opens nothing any more, and another has to be made."""
    found.wrong_tries += 1
    found.save()
    left = TRIES - found.wrong_tries
    record(
        "inspections.wrong_code_counted",
        by=system_user(),
        at=at,
        subject=found.invitation,
        inspection=found.invitation.inspection,
        person=found.invitation.name,
        left="no try is left"
        if not left
        else f"{left} {'try is' if left == 1 else 'tries are'} left",
    )
    return found
