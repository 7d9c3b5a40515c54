"""The page about roles says everything, and nothing that is not used."""

from __future__ import annotations

from accounts.roles import GRANTS, MEANING, Capability, Role
from tests.house.source import APPS, modules


def test_every_role_says_what_it_means_and_what_it_may() -> None:
    assert set(MEANING) == set(Role) == set(GRANTS)
    assert all(words.endswith(".") for words in MEANING.values())


def test_every_capability_is_a_sentence_that_somebody_may() -> None:
    granted = frozenset().union(*GRANTS.values())
    assert set(Capability) == granted
    assert all(capability.value.endswith(".") for capability in Capability)


def test_every_capability_is_asked_for_somewhere() -> None:
    source = "".join(
        path.read_text() for app in APPS for path in modules(app) if path.name != "roles.py"
    )
    unused = [one.name for one in Capability if f"Capability.{one.name}" not in source]
    assert not unused
