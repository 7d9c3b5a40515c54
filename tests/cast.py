"""The same few people in every test: one for each relation to the inspection. They are the example's own."""

from __future__ import annotations

from datetime import datetime

from accounts.actions.accounts import open_account
from accounts.models import Agency, User
from workspace.example import cast
from workspace.example.world import invented_people

STRANGERS = {
    "other_lead": ("Ross Tummel", "Inspection lead elsewhere", "Care Inspectorate"),
    "other_coordinator": ("Peigi Uist", "Inspection co-ordinator elsewhere", "Otherglen Council"),
}
KEYS = [*(person.key for person in cast.EVERYBODY), *STRANGERS]


def everybody(at: datetime) -> dict[str, User]:
    """The cast by key, with two people of another inspection."""
    Agency.objects.get_or_create(name="Otherglen Council", defaults={"kind": "council"})
    people = invented_people(at)
    for key, (name, designation, agency) in STRANGERS.items():
        email = f"{key.replace('_', '.')}@otherglen.example"
        people[key] = User.objects.filter(email=email).first() or open_account(
            email=email,
            name=name,
            designation=designation,
            agency=Agency.objects.get(name=agency),
            password=cast.PASSWORD,
            at=at,
        )
    return people
