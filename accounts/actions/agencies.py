"""The agencies that people come from, and their own sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts import permissions, rules
from accounts.models import Agency, AgencySignIn, User
from audit.record import record


@transaction.atomic
def set_agency_sign_in(
    agency: Agency,
    *,
    key: str,
    server_url: str,
    client_id: str,
    domains: Sequence[str],
    by: User,
    at: datetime,
    at_terminal: bool = False,
) -> AgencySignIn:
    """The people of this agency, with addresses in these domains, may sign in there from now on.

    A server knows people by numbers of its own. So where the sign-in changes, what linked them to the old one goes, and
    each is found by address once more. Nothing happens where all is as it was. Raises ValidationError for a key or an
    address that will not do, and refuses where no domain is named. That of an inspectorate is set ``at_terminal`` alone.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    permissions.can_set_agency_sign_in(by, agency, at_terminal=at_terminal).enforce()
    rules.may_set_agency_sign_in(agency, key=key, server_url=server_url, domains=domains).enforce()
    found = AgencySignIn.objects.filter(agency=agency).first() or AgencySignIn(agency=agency)
    before, before_in_words = _terms(found), in_words(found) if found.pk else "no sign-in there"
    new = (key, server_url, client_id, "\n".join(domains))
    if found.pk and before == new:
        return found
    SocialAccount.objects.filter(provider__in={key, found.key}).delete()
    found.key, found.server_url, found.client_id, found.domains = new
    found.full_clean()
    found.save()
    record(
        "accounts.agency_sign_in_set",
        by=by,
        at=at,
        subject=agency,
        agency=agency.name,
        before=before_in_words,
        after=in_words(found),
    )
    return found


def _terms(sign_in: AgencySignIn) -> tuple[str, str, str, str]:
    return sign_in.key, sign_in.server_url, sign_in.client_id, sign_in.domains


def in_words(sign_in: AgencySignIn) -> str:
    """Who could sign people in, as the record says it: the server, this service's name there, the key, whose addresses.

    The secret is no part of it: only the environment holds that.
    """
    domains = sign_in.domains_in_words or "no addresses"
    return (
        f"{sign_in.server_url} as “{sign_in.client_id}” under the key {sign_in.key}, for {domains}"
    )


@transaction.atomic
def remove_agency_sign_in(agency: Agency, *, by: User, at: datetime) -> None:
    """Nobody signs in there any more, and what linked people to it is gone. Who is signed in stays so; passwords are as they were."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    permissions.can_remove_agency_sign_in(by, agency).enforce()
    found = AgencySignIn.objects.get(agency=agency)
    before = in_words(found)
    SocialAccount.objects.filter(provider=found.key).delete()
    found.delete()
    record(
        "accounts.agency_sign_in_removed",
        by=by,
        at=at,
        subject=agency,
        agency=agency.name,
        before=before,
    )


@transaction.atomic
def add_agency(*, name: str, kind: str, by: User, at: datetime) -> Agency:
    """There is a new agency. It belongs to no area until somebody says so."""
    permissions.can_add_agency(by).enforce()
    rules.may_add_agency(name=name, kind=kind).enforce()
    agency = Agency.objects.create(name=name, kind=kind)
    record("accounts.agency_added", by=by, at=at, subject=agency, agency=name)
    return agency


@transaction.atomic
def rename_agency(agency: Agency, *, name: str, by: User, at: datetime) -> Agency:
    """The agency has its new name everywhere from now on. The reference data goes on knowing it by the name it came with."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    permissions.can_rename_agency(by, agency).enforce()
    rules.may_rename_agency(agency, name=name).enforce()
    before = agency.name
    agency.came_as = agency.came_as or before
    agency.name = name
    agency.save(update_fields=["name", "came_as"])
    record("accounts.agency_renamed", by=by, at=at, subject=agency, before=before, agency=name)
    return agency
