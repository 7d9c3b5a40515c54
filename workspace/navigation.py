"""The few links at the top of every page, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.queries import offices_of
from accounts.roles import GRANTS, Capability


def main_navigation(request: HttpRequest) -> dict[str, Any]:
    """A context processor: home for everybody; the programme, reference data and what is kept for the offices concerned."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    offices = offices_of(person)
    links = [("Home", reverse("workspace:home"))]
    if offices:
        links.append(("Programme", reverse("workspace:programme")))
    if any(Capability.SEE_WHO_IS_FREE in GRANTS[role] for role in offices):
        links.append(("Who is free", reverse("inspections:who-is-free")))
    if any(Capability.SEE_PEOPLE in GRANTS[role] for role in offices):
        links.append(("People", reverse("accounts:people")))
    if any(Capability.EDIT_REFERENCE_DATA in GRANTS[role] for role in offices):
        links.append(("Areas", reverse("inspections:areas")))
    if any(Capability.SEE_KEEPING in GRANTS[role] for role in offices):
        links.append(("Keeping", reverse("retention:keeping")))
    return {
        "main_navigation": [
            {"title": title, "url": url, "current": request.path == url} for title, url in links
        ],
        "account_url": reverse("accounts:edit-details"),
        "who": person.designation or person.name,
    }
