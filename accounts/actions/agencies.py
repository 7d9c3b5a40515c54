"""The agencies that people come from, and their own sign-ins."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import rules
from accounts.models import Agency, AgencySignIn, User
from audit.record import record


@transaction.atomic
def set_agency_sign_in(
    agency: Agency, *, key: str, server_url: str, client_id: str, by: User, at: datetime
) -> AgencySignIn:
    """The people of this agency may sign in there from now on. Raises ValidationError for a key or an address that will not do."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = AgencySignIn.objects.filter(agency=agency).first() or AgencySignIn(agency=agency)
    found.key, found.server_url, found.client_id = key, server_url, client_id
    found.full_clean()
    found.save()
    record("accounts.agency_sign_in_set", by=by, at=at, subject=agency, agency=agency.name)
    return found


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
