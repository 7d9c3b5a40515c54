"""The page about roles says everything, and nothing that is not used."""

from __future__ import annotations

import pytest

from accounts.roles import GRANTS, MEANING, YOURS, Capability, Role
from tests.house.source import APPS, modules


def test_every_role_says_what_it_means_and_what_it_may() -> None:
    assert set(MEANING) == set(Role) == set(GRANTS) == set(YOURS)
    assert all(words.startswith("You ") and words.endswith(".") for words in YOURS.values())
    assert all(words.endswith(".") for words in MEANING.values())


def test_every_capability_is_a_sentence_that_somebody_may() -> None:
    granted = frozenset().union(*GRANTS.values())
    assert set(Capability) == granted
    assert all(capability.value.endswith(".") for capability in Capability)


# What a refusal calls those who may.
INSPECTORS = {
    Role.INSPECTION_LEAD,
    Role.DEPUTE,
    Role.PARTICIPATION_LEAD,
    Role.STRATEGIC_INSPECTOR,
    Role.PARTNER_INSPECTOR,
}
CALLED = {
    "partnership's inspection co-ordinator": {Role.INSPECTION_COORDINATOR},
    "partnership's co-ordinators": {Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR},
    "inspection co-ordinator": {Role.INSPECTION_COORDINATOR},
    "chair of the Quality and Consistency Panel": {Role.PANEL_CHAIR},
    "chair of the panel": {Role.PANEL_CHAIR},
    "programme manager": {Role.PROGRAMME_MANAGER},
    "service manager": {Role.SERVICE_MANAGER},
    "inspection lead": {Role.INSPECTION_LEAD},
    "depute": {Role.DEPUTE},
    "the inspectors": INSPECTORS,
    "participation lead": {Role.PARTICIPATION_LEAD},
    "associate assessors": {Role.ASSOCIATE_ASSESSOR},
    "young inspection volunteers": {Role.YOUNG_INSPECTION_VOLUNTEER},
    "local file readers": {Role.LOCAL_READER},
    "lead for concerns": {Role.CONCERNS_LEAD},
    "support officer": {Role.SUPPORT_OFFICER},
    "chief officers": {Role.CHIEF_OFFICER},
    "contributors": {Role.CONTRIBUTOR},
}


@pytest.mark.parametrize("capability", [one for one in Capability if one.name != "SEE_INSPECTION"])
def test_a_refusal_names_all_who_may_and_nobody_else(capability: Capability) -> None:
    """All but seeing an inspection, which is for everybody who works on it."""
    named: set[Role] = set()
    for words, roles in CALLED.items():
        who = capability.value.partition(" with the partnership")[0]
        if words in who:
            named |= roles
    assert named == {role for role, granted in GRANTS.items() if capability in granted}


def test_every_capability_is_asked_for_somewhere() -> None:
    source = "".join(
        path.read_text() for app in APPS for path in modules(app) if path.name != "roles.py"
    )
    unused = [one.name for one in Capability if f"Capability.{one.name}" not in source]
    assert not unused
