"""An agency's own sign-in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

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
