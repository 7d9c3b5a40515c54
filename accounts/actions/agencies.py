"""The agencies that people come from, and their own sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts import rules
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
) -> AgencySignIn:
    """The people of this agency, with addresses in these domains, may sign in there from now on.

    A server knows people by numbers of its own. So where the sign-in changes, what linked them to the old one goes, and
    each is found by address once more. Nothing happens where all is as it was. Raises ValidationError for a key or an
    address that will not do.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    rules.may_set_agency_sign_in(agency, key=key).enforce()
    found = AgencySignIn.objects.filter(agency=agency).first() or AgencySignIn(agency=agency)
    before = (found.key, found.server_url, found.client_id, found.domains)
    new = (key, server_url, client_id, "\n".join(domains))
    if found.pk and before == new:
        return found
    SocialAccount.objects.filter(provider__in={key, found.key}).delete()
    found.key, found.server_url, found.client_id, found.domains = new
    found.full_clean()
    found.save()
    record("accounts.agency_sign_in_set", by=by, at=at, subject=agency, agency=agency.name)
    return found


@transaction.atomic
def remove_agency_sign_in(agency: Agency, *, by: User, at: datetime) -> None:
    """Nobody signs in there any more, and what linked people to it is gone. Who is signed in stays so; passwords are as they were."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    rules.may_remove_agency_sign_in(agency).enforce()
    found = AgencySignIn.objects.get(agency=agency)
    SocialAccount.objects.filter(provider=found.key).delete()
    found.delete()
    record("accounts.agency_sign_in_removed", by=by, at=at, subject=agency, agency=agency.name)


@transaction.atomic
def add_agency(*, name: str, kind: str, by: User, at: datetime) -> Agency:
    """There is a new agency. It belongs to no area until somebody says so."""
    rules.may_add_agency(name=name, kind=kind).enforce()
    agency = Agency.objects.create(name=name, kind=kind)
    record("accounts.agency_added", by=by, at=at, subject=agency, agency=name)
    return agency


@transaction.atomic
def rename_agency(agency: Agency, *, name: str, by: User, at: datetime) -> Agency:
    """The agency has its new name everywhere from now on. The reference data goes on knowing it by the name it came with."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    rules.may_rename_agency(agency, name=name).enforce()
    before = agency.name
    agency.came_as = agency.came_as or before
    agency.name = name
    agency.save(update_fields=["name", "came_as"])
    record("accounts.agency_renamed", by=by, at=at, subject=agency, before=before, agency=name)
    return agency
