"""How every page of this app finds its inspection and its concern."""

from __future__ import annotations

from django.http import HttpRequest

from concerns import permissions, queries
from concerns.models import Concern
from core.web import find_or_404
from inspections.models import Inspection


def find_inspection(request: HttpRequest, reference: str) -> Inspection:
    """The inspection; 404 for whoever does not see it."""
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    return find_or_404(visible, reference=reference)


def find_concern(request: HttpRequest, inspection: Inspection, number: int) -> Concern:
    """The concern, for whoever sees it (R36). Others are refused alike, whether there is one of this number or not."""
    permissions.can_see_concern(request.user, inspection, number=number).enforce()
    seen = permissions.concerns_open_to(request.user, inspection)
    return find_or_404(queries.in_full(seen), number=number)
