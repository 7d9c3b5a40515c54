"""States and moves. Each lifecycle is a table: whose move it is, what each side calls it, and where it can go."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from accounts.roles import TEAM_ROLES, Role


class InspectionState(models.TextChoices):
    """Where one inspection is (`docs/lifecycle.md`)."""

    PLANNED = "planned", "Planned"
    NOTIFIED = "notified", "Notified"
    PHASE_ONE = "phase_one", "Phase one"
    PHASE_TWO = "phase_two", "Phase two"
    PHASE_THREE = "phase_three", "Phase three"
    PUBLISHED = "published", "Published"
    FOLLOW_UP = "follow_up", "Follow-up"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ChosenBecause(models.TextChoices):
    """Why an area is inspected. Plans from before this was asked are not recorded."""

    NOT_RECORDED = "not_recorded", "Not recorded"
    RISK = "risk", "Risk"
    ROTATION = "rotation", "Rotation"
    MINISTERS = "ministers", "Request of Ministers"


class StepState(models.TextChoices):
    """A step of the timetable. Overdue is derived from the date, never stored."""

    UPCOMING = "upcoming", "Planned"
    DONE = "done", "Done"
    WAIVED = "waived", "Not needed"


class StepKind(models.TextChoices):
    """What a step of the method is (data/method_2018.csv)."""

    MILESTONE = "milestone", "milestone"
    DUE = "due", "due date"
    WINDOW = "window", "window"
    MEETING = "meeting", "meeting"
    ONSITE = "onsite", "on-site days"


class AddresseeOffice(models.TextChoices):
    """The five who receive the notification letter (week 1, R13)."""

    CPP_CHAIR = "cpp_chair", "Chair of the community planning partnership"
    COUNCIL_CHIEF_EXECUTIVE = "council_chief_executive", "Chief executive of the council"
    HEALTH_BOARD_CHIEF_EXECUTIVE = (
        "health_board_chief_executive",
        "Chief executive of the NHS board",
    )
    CHIEF_CONSTABLE = "chief_constable", "Chief Constable of Police Scotland"
    PRINCIPAL_REPORTER = "principal_reporter", "Principal Reporter and chief executive of SCRA"


class Direction(models.TextChoices):
    """Which way something went that was said or written outside the product."""

    TO_US = "to_us", "To us"
    FROM_US = "from_us", "From us"


class Means(models.TextChoices):
    """How something was said or written outside the product."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    CALL = "call", "Telephone call"
    MEETING = "meeting", "Meeting"


class InterestAnswer(models.TextChoices):
    """What a member of the team says of a conflict of interest."""

    NOTHING = "nothing", "Nothing to declare"
    SOMETHING = "something", "Something to declare"


class InterestDecision(models.TextChoices):
    """What is decided on an interest that was declared."""

    WORKS = "works", "Works on the inspection"
    APART = "apart", "Works apart from what they declared"
    NOT = "not", "Does not take part"


@dataclass(frozen=True, slots=True)
class Stand:
    """One state: who moves next, what the partnership sees, and the moves out of it by the stem of their deed."""

    owner: str
    partnership_name: str
    moves: dict[str, str]


INSPECTION_MOVES: dict[InspectionState, Stand] = {
    InspectionState.PLANNED: Stand(
        "Inspection lead",
        "Not yet announced",
        {
            "notify_partnership": InspectionState.NOTIFIED,
            "withdraw_plan": InspectionState.WITHDRAWN,
        },
    ),
    InspectionState.NOTIFIED: Stand(
        "Inspection co-ordinator", "Notified", {"open_next_phase": InspectionState.PHASE_ONE}
    ),
    InspectionState.PHASE_ONE: Stand(
        "Inspection lead", "Preparation", {"open_next_phase": InspectionState.PHASE_TWO}
    ),
    InspectionState.PHASE_TWO: Stand(
        "Inspection lead", "On site", {"open_next_phase": InspectionState.PHASE_THREE}
    ),
    InspectionState.PHASE_THREE: Stand(
        "Inspection lead", "Reporting", {"publish_report": InspectionState.PUBLISHED}
    ),
    InspectionState.PUBLISHED: Stand(
        "Inspection lead", "Published", {"open_next_phase": InspectionState.FOLLOW_UP}
    ),
    InspectionState.FOLLOW_UP: Stand(
        "Inspection lead", "Improvement under way", {"open_next_phase": InspectionState.CLOSED}
    ),
    InspectionState.CLOSED: Stand("nobody", "Closed", {}),
    InspectionState.WITHDRAWN: Stand("nobody", "Withdrawn", {}),
}

# An area has at most one inspection in these: a second is planned once the first is published, or its plan withdrawn.
NOT_YET_PUBLISHED = (
    InspectionState.PLANNED,
    InspectionState.NOTIFIED,
    InspectionState.PHASE_ONE,
    InspectionState.PHASE_TWO,
    InspectionState.PHASE_THREE,
)
BEFORE_NOTIFICATION = (InspectionState.PLANNED, InspectionState.WITHDRAWN)
OVER = (InspectionState.CLOSED, InspectionState.WITHDRAWN)
PHASE_OF_STATE = {
    InspectionState.NOTIFIED: 1,
    InspectionState.PHASE_ONE: 1,
    InspectionState.PHASE_TWO: 2,
    InspectionState.PHASE_THREE: 3,
}
PHASE_TITLES = {
    "1": "Phase one",
    "2": "Phase two",
    "3": "Phase three",
    "after": "After publication",
}
PHASE_WORDS = {"1": "preparation", "2": "on site", "3": "reporting", "after": "after publication"}

# Who is where: the limits are ours (ADR 8), and going beyond them warns.
GOES_ON_SITE = TEAM_ROLES - {Role.SUPPORT_OFFICER}
AT_MEETINGS = (Role.INSPECTION_LEAD, Role.DEPUTE)  # who meets the partnership
INSPECTIONS_AT_ONCE = 2
INSPECTIONS_AT_ONCE_OF = {Role.SUPPORT_OFFICER: 4, Role.YOUNG_INSPECTION_VOLUNTEER: 1}


def most_at_once(role: Role) -> int:
    """How many inspections at once somebody in this role can be on before that is said."""
    return INSPECTIONS_AT_ONCE_OF.get(role, INSPECTIONS_AT_ONCE)


class Cause(models.TextChoices):
    """Why an inspection's timetable changed."""

    DRAWN = "drawn", "Drawn at notification"
    STEP = "step", "A date moved"
    CLOSED = "closed", "Days without work"
    WEEK = "week", "A week without a number"
    ELECTION = "election", "A pre-election period"
    PUBLISHED = "published", "The report was published"
