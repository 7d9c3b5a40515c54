"""Whether the system is well, for whoever watches it from outside."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from core.web import page
from workspace import queries


@login_not_required
@page("GET")
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers and work is being done; 503 when work has waited too long. Counts only."""
    health = queries.health(timezone.now())
    return JsonResponse(health.as_dict(), status=200 if health.is_well else 503)
