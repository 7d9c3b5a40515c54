"""The few links at the top of every page, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.queries import offices_of
from accounts.roles import Capability, granted


def main_navigation(request: HttpRequest) -> dict[str, Any]:
    """A context processor: home for everybody; the programme, reference data and what is kept for the offices concerned."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    offices = offices_of(person)
    links = [("Home", reverse("workspace:home"))]
    if offices:
        links.append(("Programme", reverse("workspace:programme")))
    if granted(Capability.SEE_WHO_IS_FREE, offices):
        links.append(("Who is free", reverse("inspections:who-is-free")))
    if granted(Capability.SEE_PEOPLE, offices):
        links.append(("People", reverse("accounts:people")))
    if granted(Capability.EDIT_REFERENCE_DATA, offices):
        links.append(("Areas", reverse("inspections:areas")))
    if granted(Capability.SEE_KEEPING, offices):
        links.append(("Keeping and letting go", reverse("retention:keeping")))
    return {
        "main_navigation": [
            {"title": title, "url": url, "current": request.path == url} for title, url in links
        ],
        "account_url": reverse("accounts:edit-details"),
        "who": person.designation or person.name,
    }
