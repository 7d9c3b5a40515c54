"""Gates: what must hold before an inspection leaves a state.

This app owns the gates; any app above brings conditions when Django starts (``bring``). The overview shows the conditions of
the current gate as a checklist, so the answer to "what is holding us up?" is the very code that holds it up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.verdicts import ALLOWED, Verdict, refuse
from inspections.enums import InspectionState
from inspections.models import Inspection

TITLES: dict[InspectionState, str] = {
    InspectionState.PLANNED: "Notification",
    InspectionState.NOTIFIED: "Start of phase one",
    InspectionState.PHASE_ONE: "End of phase one",
    InspectionState.PHASE_TWO: "End of phase two",
    InspectionState.PHASE_THREE: "Publication",
    InspectionState.PUBLISHED: "Start of follow-up",
    InspectionState.FOLLOW_UP: "Close of the inspection",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold. ``check`` is an ordinary rule; ``hard`` False warns and does not hold the gate.

    ``url`` leads to where it is put right; ``owner`` is whose move it is, in words.
    """

    key: str
    title: str
    owner: str
    check: Callable[[Inspection], Verdict]
    url: Callable[[Inspection], str]
    hard: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition as it stands today for one inspection."""

    condition: Condition
    verdict: Verdict
    url: str

    @property
    def met(self) -> bool:
        return bool(self.verdict)

    @property
    def title(self) -> str:
        return self.condition.title

    @property
    def who(self) -> str:
        """Whose move it is and, while it is not met, what is missing."""
        return (
            self.condition.owner if self.met else f"{self.condition.owner}. {self.verdict.sentence}"
        )

    @property
    def state(self) -> str:
        """The words of its tag."""
        if self.met:
            return "Done"
        return "Holds the gate" if self.condition.hard else "Advised"

    @property
    def tone(self) -> str:
        if self.met:
            return "done"
        return "attention" if self.condition.hard else "quiet"

    @property
    def holds(self) -> bool:
        """Whether this is what keeps the gate shut."""
        return not self.verdict and self.condition.hard


_CONDITIONS: dict[InspectionState, list[Condition]] = {state: [] for state in TITLES}


def bring(state: InspectionState, condition: Condition) -> None:
    """Add a condition to the gate out of ``state``. Bringing the same key again replaces it (Django may start twice)."""
    kept = [known for known in _CONDITIONS[state] if known.key != condition.key]
    _CONDITIONS[state] = [*kept, condition]


def findings(inspection: Inspection) -> list[Finding]:
    """The conditions of the gate in front of this inspection, each checked now. Empty when it is closed."""
    conditions = _CONDITIONS.get(InspectionState(inspection.state), [])
    return [
        Finding(condition, condition.check(inspection), condition.url(inspection))
        for condition in conditions
    ]


def holding(inspection: Inspection) -> list[Finding]:
    """What keeps the gate shut. Conditions that only warn are not even asked."""
    conditions = _CONDITIONS.get(InspectionState(inspection.state), [])
    asked = (
        Finding(condition, condition.check(inspection), condition.url(inspection))
        for condition in conditions
        if condition.hard
    )
    return [finding for finding in asked if not finding.met]


def may_pass(inspection: Inspection) -> Verdict:
    """Whether every hard condition holds; the refusal names all that do not."""
    held = [finding for finding in findings(inspection) if finding.holds]
    if not held:
        return ALLOWED
    return refuse(
        " ".join(finding.verdict.sentence for finding in held), source=held[0].verdict.source
    )
