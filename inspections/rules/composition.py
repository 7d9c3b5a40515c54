"""Who a team is made of (R3): one table, asked by the gates, by the page of the team and by the desk.

Each line says who is needed, how many at most, and at which gate it stops. At every gate before that one it warns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.enums import AgencyKind
from accounts.roles import TEAM_ROLES, Role
from core.memo import asked_once
from core.verdicts import Verdict, require
from core.words import number
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership

Part = tuple[str, str | None]  # a role, and the kind of agency of whoever holds it
NOTIFICATION, PHASE_TWO = InspectionState.PLANNED, InspectionState.PHASE_ONE
ADVISED = "Advised now"


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the table. ``stops`` is the state whose gate it holds; ``at_most`` is 1 where there is exactly one."""

    is_of: Role | AgencyKind
    stops: InspectionState
    at_most: int | None = None

    def count(self, parts: Iterable[Part]) -> int:
        """How many on the team are this."""
        return sum(self.is_of in (role, kind) for role, kind in parts if role in TEAM_ROLES)

    @property
    def words(self) -> str:
        """The role in small letters, or the name of the agency."""
        return self.is_of.label.lower() if isinstance(self.is_of, Role) else self.is_of.label

    @property
    def who(self) -> str:
        """At the head of its line: ``Participation lead``, ``Somebody from Education Scotland``."""
        return self.is_of.label if isinstance(self.is_of, Role) else f"Somebody from {self.words}"

    @property
    def missing(self) -> str:
        """Within a list of what is missing: ``a participation lead``, ``somebody from HIS``."""
        if not isinstance(self.is_of, Role):
            return f"somebody from {self.words}"
        return f"{'an' if self.words[0] in 'aeiou' else 'a'} {self.words}"

    @property
    def when(self) -> str:
        return (
            "before the partnership is notified"
            if self.stops == NOTIFICATION
            else "before phase two begins"
        )

    def verdict(self, parts: list[Part]) -> Verdict:
        """R3: whether the team has this, with the sentence that says what to do."""
        found = self.count(parts)
        enough = require(
            found, f"The team needs {self.missing} {self.when}. Name one.", source="R3"
        )
        return enough & require(
            self.at_most is None or found <= self.at_most,
            f"The team has {number(found)} people as {self.words}; there is exactly one. End the others' part.",
            source="R3",
        )


COMPOSITION: tuple[Need, ...] = (
    Need(Role.INSPECTION_LEAD, NOTIFICATION, at_most=1),
    Need(Role.SUPPORT_OFFICER, NOTIFICATION, at_most=1),
    Need(Role.DEPUTE, PHASE_TWO, at_most=1),
    Need(Role.PARTICIPATION_LEAD, PHASE_TWO, at_most=1),
    Need(Role.YOUNG_INSPECTION_VOLUNTEER, PHASE_TWO),
    Need(AgencyKind.HEALTHCARE_IMPROVEMENT_SCOTLAND, PHASE_TWO),
    Need(AgencyKind.EDUCATION_SCOTLAND, PHASE_TWO),
    Need(AgencyKind.HMICS, PHASE_TWO),
)


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One line of the checklist on the page of the team, as the list of a gate draws it."""

    need: Need
    verdict: Verdict
    state: str  # the words of its tag
    url: str = ""

    @property
    def met(self) -> bool:
        return bool(self.verdict)

    @property
    def title(self) -> str:
        return self.need.who

    @property
    def who(self) -> str:
        return self.verdict.sentence

    @property
    def tone(self) -> str:
        if self.met:
            return "done"
        return "quiet" if self.state == ADVISED else "attention"


def missing(parts: Iterable[Part], *, at: InspectionState) -> list[Need]:
    """What a team lacks at the gate out of the state ``at``, in the order of the table."""
    held = list(parts)
    return [need for need in COMPOSITION if need.stops == at and not need.verdict(held)]


def checklist(inspection: Inspection) -> list[TeamLine]:
    """Every line of the table as it stands in this state of the inspection."""
    parts = team_parts(inspection)
    return [
        _line(need, need.verdict(parts), InspectionState(inspection.state)) for need in COMPOSITION
    ]


def _line(need: Need, verdict: Verdict, now: InspectionState) -> TeamLine:
    """A need warns before its gate, stops at it, and is missing after it."""
    order = list(InspectionState)
    if verdict:
        return TeamLine(need, verdict, "Named")
    if need.stops == now:
        return TeamLine(need, verdict, "Holds the gate")
    ahead = order.index(need.stops) > order.index(now)
    return TeamLine(need, verdict, ADVISED if ahead else "Missing")


def team_parts(inspection: Inspection) -> list[Part]:
    """Role and kind of agency of everybody who works on it today. Asked once a page."""
    current = Membership.objects.current().filter(inspection=inspection).order_by()
    return asked_once(
        ("team parts", inspection.pk),
        lambda: list(current.values_list("role", "person__agency__kind")),
    )


def lead_and_support_named(inspection: Inspection) -> Verdict:
    """R3: an inspection lead and a support officer by notification."""
    lacking = missing(team_parts(inspection), at=NOTIFICATION)
    return require(
        not lacking,
        f"The team has no {' and no '.join(need.words for need in lacking)} yet.",
        source="R3",
    )


def team_complete(inspection: Inspection) -> Verdict:
    """R3: by phase two a depute, a participation lead, a young inspection volunteer, and each scrutiny partner."""
    lacking = missing(team_parts(inspection), at=PHASE_TWO)
    return require(
        not lacking,
        f"The team still needs {', '.join(need.missing for need in lacking)}.",
        source="R3",
    )
