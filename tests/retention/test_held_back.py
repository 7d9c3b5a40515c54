"""What is held back stays and is on no list, whichever list it was on; and whoever approves finds on their desk what they may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency
from accounts.roles import Role
from core.disposal import disposal_of
from inspections import desk
from inspections.actions.invitations import invite_person
from inspections.actions.planning import withdraw_plan
from inspections.models import Invitation
from retention import queries, rules
from retention.actions import disposal
from retention.actions.holds import lift_legal_hold, place_legal_hold
from retention.actions.proceedings import end_proceedings, record_proceedings
from retention.enums import DisposalState
from retention.models import DisposalList
from retention.queries import Due
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World
from workspace.work import desk_of

BACK = ("hold", "proceedings")


def _later(world: World) -> datetime:
    """Four weeks after the last day of an invitation that was sent now."""
    return world.now + timedelta(days=80)


def _proposed(world: World) -> DisposalList:
    """The list of the installation with an invitation on it, eighty days from now."""
    invite_person(
        world.inspection,
        email="new@glenmarrow.example",
        name="Nan Newlands",
        designation="Chief officer",
        agency=Agency.objects.get(name="Glenmarrow Council"),
        role=Role.CHIEF_OFFICER,
        until=None,
        by=world.people["coordinator"],
        at=world.now,
    )
    disposal.look_for_due(at=_later(world))
    found = DisposalList.objects.get(inspection=None)
    assert found.items.filter(kind="inspections.invitation").exists()
    return found


def _approved(world: World) -> DisposalList:
    """The same list approved, and not carried out yet."""
    found = _proposed(world)
    manager, seen = world.people["service_manager"], queries.digest_of(found)
    return disposal.approve_disposal(found, seen=seen, by=manager, at=_later(world))


def _hold_back(world: World, how: str) -> None:
    manager, at = world.people["service_manager"], _later(world)
    if how == "hold":
        place_legal_hold(world.inspection, reason="A court asks.", by=manager, at=at)
    else:
        record_proceedings(world.inspection, title="An inquiry", by=manager, at=at)


def _let_go_on(world: World, how: str) -> None:
    manager, at = world.people["service_manager"], _later(world)
    if how == "hold":
        lift_legal_hold(world.inspection, reason="It has ended.", by=manager, at=at)
    else:
        running = world.inspection.proceedings.get()
        end_proceedings(running, determined_on=timezone.localdate(at), by=manager, at=at)


def _lapsed() -> set[int]:
    return set(
        Invitation.objects.filter(email="new@glenmarrow.example").values_list("pk", flat=True)
    )


@pytest.mark.at_week(4)
@pytest.mark.parametrize("how", BACK)
def test_what_is_held_back_after_the_approval_leaves_the_list_of_the_installation(
    world: World, how: str
) -> None:
    found, at = _approved(world), _later(world)
    others = set(found.items.exclude(kind="inspections.invitation").values_list("pk", flat=True))
    _hold_back(world, how)
    run_jobs(at)

    assert _lapsed()
    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED
    assert not found.items.filter(kind="inspections.invitation").exists()
    assert set(found.items.values_list("pk", flat=True)) == others
    disposal.look_for_due(at=at)
    assert not DisposalList.objects.open().filter(items__kind="inspections.invitation").exists()

    _let_go_on(world, how)
    disposal.look_for_due(at=at)
    again = DisposalList.objects.open().get(inspection=None)
    seen = queries.digest_of(again)
    disposal.approve_disposal(again, seen=seen, by=world.people["service_manager"], at=at)
    run_jobs(at)
    assert not _lapsed()


@pytest.mark.at_week(4)
@pytest.mark.parametrize("how", BACK)
def test_due_and_the_rule_hold_back_the_same(world: World, how: str) -> None:
    """One asks for rows of many inspections, the other for the reason of one: neither lets go what the other holds."""
    kind, now = disposal_of("inspections.invitation"), _later(world)
    _approved(world)
    assert queries.due(kind, None, now=now).filter(pk__in=_lapsed()).exists()
    assert queries.due(kind, world.inspection, now=now).exists()

    _hold_back(world, how)

    assert list(queries.held_back()) == [world.inspection]
    assert not queries.due(kind, None, now=now).filter(pk__in=_lapsed()).exists()
    assert not queries.due(kind, world.inspection, now=now).exists()
    refused = rules.may_dispose_of(
        queries.closing_of(world.inspection), on=timezone.localdate(now)
    ).sentence
    assert ("legal hold stands" if how == "hold" else "not been finally determined") in refused


# ---------- On whose desk a list is ----------


def _on_desk(world: World, at: datetime, who: str = "service_manager") -> list[desk.Deed]:
    found = desk_of(world.people[who], timezone.localdate(at))
    return [deed for deed in desk.waiting(found) if deed.stem == "approve_disposal"]


@pytest.mark.at_week(4)
def test_the_list_of_the_installation_is_on_the_desk_of_whoever_approves_it(
    world: World, client: StrictClient
) -> None:
    found = _proposed(world)

    (deed,) = _on_desk(world, world.now)
    assert (deed.inspection, deed.url) == (None, found.get_absolute_url())
    assert _on_desk(world, world.now, "programme_manager") == []
    page = client.as_(world.people["service_manager"]).get("/").content.decode()
    assert found.get_absolute_url() in page
    assert "Accounts, letters and invitations whose time has come." in page

    seen = queries.digest_of(found)
    disposal.approve_disposal(found, seen=seen, by=world.people["service_manager"], at=world.now)
    assert _on_desk(world, world.now) == []


@pytest.mark.at_week(0)
def test_the_list_of_a_withdrawn_plan_is_on_the_same_desk(world: World) -> None:
    plan, manager = world.planned, world.people["programme_manager"]
    assert plan
    withdraw_plan(plan, reason="Another year", by=manager, at=world.now)
    at = world.now + timedelta(days=340)
    rows = [Due("inspections.addressee", "1", "Chief executive", None, "")]
    found = disposal.propose_disposal(plan, due_on=at.date(), rows=rows, at=at)

    assert [(deed.inspection, deed.args) for deed in _on_desk(world, at)] == [
        (plan, (found.reference,))
    ]


@pytest.mark.at_week(80)
@pytest.mark.parametrize("how", BACK)
def test_the_desk_offers_no_list_of_what_is_held_back(world: World, how: str) -> None:
    disposal.look_for_due(at=world.now)
    assert world.inspection in [deed.inspection for deed in _on_desk(world, world.now)]

    _hold_back(world, how)

    assert world.inspection not in [deed.inspection for deed in _on_desk(world, world.now)]
    (waiting,) = [
        one for one in queries.waiting(on=world.now.date()) if one.disposal_list.inspection
    ]
    assert waiting.words == "Held back"
