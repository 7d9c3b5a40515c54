"""Whatever asks about somebody's part says the same: the page of the inspection, the roles, the home, and what ties an account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from accounts import rules as rules_of_accounts
from accounts import ties
from accounts.actions.offices import give_office
from accounts.actions.people import close_account, move_person
from accounts.holdings import roles_anywhere
from accounts.models import Agency, User
from accounts.roles import PROGRAMME_ROLES, TEAM_ROLES, Capability, Role, granted
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.declarations import decide_interest
from inspections.actions.offices import end_stand_in
from inspections.actions.team import end_team_member
from inspections.enums import InterestDecision
from inspections.models import Declaration, Inspection, Membership, StandIn
from tests.inspections.declared import declare
from workspace.example.world import World
from workspace.work import desk_of

pytestmark = pytest.mark.at_week(4)

ASKED_ANYWHERE = (
    Capability.SEE_INSPECTION,
    Capability.SEE_EVIDENCE,
    Capability.SEE_WHO_IS_FREE,
    Capability.RECORD_LEAVE,
    Capability.NAME_STAND_IN,
)
PARTS = [role for role in Role if role not in PROGRAMME_ROLES]


@dataclass(frozen=True, slots=True)
class Scene:
    """One person, one role on Glenmarrow, and nothing else."""

    world: World
    person: User
    role: Role

    @property
    def manager(self) -> User:
        return self.world.people["programme_manager"]

    def part(self, person: User) -> Membership:
        Membership.objects.filter(inspection=self.world.inspection, role=self.role).delete()
        return Membership.objects.create(
            inspection=self.world.inspection,
            person=person,
            role=self.role,
            named_at=self.world.now,
            named_by=self.manager,
        )

    def stand_in(self, *, after: int = 0) -> StandIn:
        return StandIn.objects.create(
            membership=self.part(self.world.people["other_coordinator"]),
            person=self.person,
            starts_on=self.world.now.date() + timedelta(days=after),
            named_at=self.world.now,
            named_by=self.manager,
        )

    def declares(self, words: str = "") -> Declaration | None:
        """The partnership's people have nothing to declare anywhere."""
        if self.role not in TEAM_ROLES:
            return None
        return declare(self.world.inspection, self.person, words, at=self.world.now)

    def decided_against(self) -> None:
        said = self.declares("My sister leads a service there.")
        if said:
            decide_interest(
                said,
                decision=InterestDecision.NOT,
                terms="",
                by=self.manager,
                at=self.world.now,
            )


# ---------- What brings somebody where ----------


def part(scene: Scene) -> None:
    scene.part(scene.person)
    scene.declares()


def stand_in(scene: Scene) -> None:
    scene.stand_in()
    scene.declares()


def stand_in_to_come(scene: Scene) -> None:
    scene.stand_in(after=3)
    scene.declares()


def part_undeclared(scene: Scene) -> None:
    scene.part(scene.person)


def stand_in_undeclared(scene: Scene) -> None:
    scene.stand_in()


def part_decided_against(scene: Scene) -> None:
    scene.part(scene.person)
    scene.decided_against()


def stand_in_decided_against(scene: Scene) -> None:
    scene.stand_in()
    scene.decided_against()


def account_closed(scene: Scene) -> None:
    """The lead of a running inspection hands over first; here, they do not lead."""
    if scene.role == Role.INSPECTION_LEAD:
        scene.stand_in()
    else:
        scene.part(scene.person)
    scene.declares()
    close_account(scene.person, by=scene.manager, at=scene.world.now)


def stand_in_closed(scene: Scene) -> None:
    scene.stand_in()
    scene.declares()
    close_account(scene.person, by=scene.manager, at=scene.world.now)


def agency_moved(scene: Scene) -> None:
    """A part does not follow somebody to another agency: it ends first."""
    held = scene.part(scene.person)
    scene.declares()
    other = Agency.objects.get(name="Otherglen Council")
    with pytest.raises(Refused), transaction.atomic():
        move_person(scene.person, agency=other, by=scene.manager, at=scene.world.now)
    if scene.role == Role.INSPECTION_LEAD:
        held.delete()
    else:
        end_team_member(held, by=scene.manager, at=scene.world.now)
    move_person(scene.person, agency=other, by=scene.manager, at=scene.world.now)


def stand_in_moved(scene: Scene) -> None:
    named = scene.stand_in(after=3)
    other = Agency.objects.get(name="Otherglen Council")
    with pytest.raises(Refused), transaction.atomic():
        move_person(scene.person, agency=other, by=scene.manager, at=scene.world.now)
    end_stand_in(named, by=scene.manager, at=scene.world.now)
    move_person(scene.person, agency=other, by=scene.manager, at=scene.world.now)


def office_sought(scene: Scene) -> None:
    """Nobody comes to an office of the programme with a part, nor as somebody's stand-in."""
    scene.stand_in(after=3)
    scene.declares()
    with pytest.raises(Refused), transaction.atomic():
        give_office(scene.person, role=Role.SERVICE_MANAGER, by=scene.manager, at=scene.world.now)


@dataclass(frozen=True, slots=True)
class Then:
    """What follows: of the team, of the partnership. ``bound`` is what keeps them from offices and other agencies."""

    opens: bool
    plays: bool
    bound: bool
    opens_to_partnership: bool | None = None


CASES: dict[Callable[[Scene], None], Then] = {
    part: Then(opens=True, plays=True, bound=True),
    stand_in: Then(opens=True, plays=True, bound=True),
    stand_in_to_come: Then(opens=False, plays=False, bound=True),
    part_undeclared: Then(False, plays=True, bound=True, opens_to_partnership=True),
    stand_in_undeclared: Then(False, plays=True, bound=True, opens_to_partnership=True),
    part_decided_against: Then(False, plays=True, bound=True, opens_to_partnership=True),
    stand_in_decided_against: Then(False, plays=True, bound=True, opens_to_partnership=True),
    account_closed: Then(opens=False, plays=False, bound=False),
    stand_in_closed: Then(opens=False, plays=False, bound=False),
    agency_moved: Then(opens=False, plays=False, bound=False),
    stand_in_moved: Then(opens=False, plays=False, bound=False),
    office_sought: Then(opens=False, plays=False, bound=True),
}


@contextmanager
def undone_after() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("come_there", CASES, ids=lambda come_there: come_there.__name__)
def test_everything_that_asks_of_a_part_agrees(
    world: World, come_there: Callable[[Scene], None]
) -> None:
    for role in PARTS:
        with undone_after():
            person = User.objects.get(pk=world.people["other_lead"].pk)
            come_there(Scene(world, person, role))
            _agree(world, User.objects.get(pk=person.pk), role, CASES[come_there])


def _agree(world: World, person: User, role: Role, then: Then) -> None:
    here, only = world.inspection, frozenset({role})
    opens = then.opens
    if role not in TEAM_ROLES and then.opens_to_partnership is not None:
        opens = then.opens_to_partnership
    roles = only if opens else frozenset()

    assert Inspection.objects.visible_to(person).filter(pk=here.pk).exists() == opens, role
    assert permissions.roles_of(person, here) == roles, role
    desk = desk_of(person, world.now.date())
    assert desk.roles.get(here.pk, frozenset()) == roles, role
    assert (here in desk.inspections) == opens, role
    for capability in ASKED_ANYWHERE:
        may = granted(capability, roles)
        assert bool(permissions.has(person, here, capability)) == may, (role, capability)
        assert bool(permissions.holds_somewhere(person, capability)) == may, (role, capability)

    assert roles_anywhere(person) == (only if then.plays else frozenset()), role

    assert bool(ties.parts_of(person)) == then.bound, role
    assert bool(rules_of_accounts.may_leave_agency(person)) != then.bound, role
    assert bool(ties.may_hold_office(person)) != then.bound, role
    sides = queries.parts_to_declare_for(here, person)
    assert sides == ([role] if then.bound and role in TEAM_ROLES else []), role
    if then.bound:
        other = Role.CONTRIBUTOR if role in TEAM_ROLES else Role.STRATEGIC_INSPECTOR
        verdict = rules.may_hold_role(here, role=other, person=person)
        assert "Nobody can be on both." in verdict.sentence, role


@pytest.mark.parametrize("role", sorted(PROGRAMME_ROLES))
def test_who_holds_an_office_sees_by_it_alone(world: World, role: Role) -> None:
    person = world.people[role.value]
    roles = frozenset({role})
    assert permissions.roles_of(person, world.inspection) == roles
    assert roles_anywhere(person) == roles
    assert desk_of(person, world.now.date()).roles[world.inspection.pk] == roles
    assert ties.parts_of(person) == []
    for capability in Capability:
        assert bool(permissions.holds_somewhere(person, capability)) == granted(capability, roles)
    for part_role in PARTS:
        assert not rules.may_hold_role(world.inspection, role=part_role, person=person)
