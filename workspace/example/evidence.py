"""The team's side of the story: what was read, heard and seen, against indicators and questions. Every word is invented."""

from __future__ import annotations

from datetime import datetime

from evaluations.actions.evidence import record_evidence
from evaluations.enums import Direction, SourceType
from evaluations.models import Indicator, Question
from workspace.example.world import World

S, W, N = Direction.STRENGTH, Direction.WEAKNESS, Direction.NEUTRAL
Item = tuple[str, SourceType, str, Direction, str, str, str]

# who recorded it, kind of source, where from, which way, indicators, questions, what it says
SELF_EVALUATION: tuple[Item, ...] = (
    (
        "lead",
        SourceType.SELF_EVALUATION,
        "Answer to question 1",
        S,
        "5.1",
        "1",
        "Discussions between agencies are held within one working day in most cases.",
    ),
    (
        "depute",
        SourceType.SELF_EVALUATION,
        "Answer to question 2",
        W,
        "2.1 5.3",
        "2",
        "The partnership says that young people over twelve wait too long for specialist help.",
    ),
    (
        "health_inspector",
        SourceType.DOCUMENT,
        "Recovery services waiting times",
        W,
        "2.1 1.1",
        "2",
        "Waiting times for those over twelve doubled in two years; for younger children they fell.",
    ),
    (
        "inspector",
        SourceType.DATA,
        "Figures on registration",
        S,
        "1.1",
        "1 2",
        "Repeat registrations fell over three years in a row.",
    ),
    (
        "education_inspector",
        SourceType.DATA,
        "Attendance of looked after children",
        S,
        "1.1",
        "3",
        "Attendance of looked after children rose to within four points of all children.",
    ),
    (
        "police_inspector",
        SourceType.DOCUMENT,
        "Audit of inter-agency discussions",
        N,
        "6.4",
        "1 5",
        "The audit is thorough; it covers working days only.",
    ),
    (
        "lead",
        SourceType.DOCUMENT,
        "Children's services plan",
        S,
        "9.1 6.2",
        "5",
        "One vision for children runs through the plans of all partners.",
    ),
)
FIRST_WEEK: tuple[Item, ...] = (
    (
        "inspector",
        SourceType.RECORDS,
        "Records reading, days 1 to 3",
        S,
        "2.1",
        "1 2",
        "Most records name one adult whom the child trusts, and that adult stays over time.",
    ),
    (
        "health_inspector",
        SourceType.RECORDS,
        "Records reading, days 1 to 3",
        W,
        "5.2",
        "2",
        "In several records the assessment was not brought up to date after a change at home.",
    ),
    (
        "depute",
        SourceType.RECORDS,
        "Records reading, days 1 to 3",
        S,
        "5.3 1.1",
        "1 3",
        "Plans had clear aims in most records, and reviews were held on time.",
    ),
    (
        "police_inspector",
        SourceType.RECORDS,
        "Records reading, days 1 to 3",
        S,
        "5.1",
        "1",
        "The first response was prompt in nearly all records that were read.",
    ),
    (
        "participation_lead",
        SourceType.FOCUS_GROUP,
        "Focus group of care experienced young people",
        W,
        "2.1 5.4",
        "2 3",
        "The group said that changes of worker meant telling their story again.",
    ),
    (
        "participation_lead",
        SourceType.FOCUS_GROUP,
        "Activity group, younger children",
        S,
        "2.1 5.4",
        "3",
        "Children knew whom to ask about their plan, and that they may say no.",
    ),
    (
        "education_inspector",
        SourceType.INTERVIEW,
        "Parents and carers",
        S,
        "2.2",
        "2",
        "Parents said that workers were straight with them and kept their word.",
    ),
    (
        "inspector",
        SourceType.INTERVIEW,
        "Kinship carers",
        W,
        "2.2",
        "3",
        "Carers did not know what help they may ask for until a crisis.",
    ),
)
SURVEYS: tuple[Item, ...] = (
    (
        "participation_lead",
        SourceType.CHILDREN_SURVEY,
        "Children and young people's survey",
        S,
        "2.1",
        "2 3",
        "Most children who answered feel safe where they live.",
    ),
    (
        "participation_lead",
        SourceType.PARENTS_SURVEY,
        "Parents' and carers' survey",
        S,
        "2.2",
        "2",
        "Most parents who answered feel listened to; fewer know how to complain.",
    ),
    (
        "depute",
        SourceType.STAFF_SURVEY,
        "Staff survey",
        S,
        "9.2 3.1",
        "5",
        "Staff know the partnership's priorities and see their leaders.",
    ),
    (
        "police_inspector",
        SourceType.STAFF_SURVEY,
        "Staff survey",
        W,
        "9.4 6.4",
        "5",
        "Fewer than half say that what audits find changes what they do.",
    ),
)
SECOND_WEEK: tuple[Item, ...] = (
    (
        "lead",
        SourceType.INTERVIEW,
        "Chief officers group",
        S,
        "9.1 9.2",
        "5",
        "Chief officers give one account of risk, and each could say what they had changed because of it.",
    ),
    (
        "police_inspector",
        SourceType.OBSERVATION,
        "Public protection committee",
        N,
        "9.4",
        "5",
        "The committee reads figures with care; outcomes for children were not discussed.",
    ),
    (
        "education_inspector",
        SourceType.INTERVIEW,
        "Head teachers",
        S,
        "9.3 5.1",
        "1 5",
        "Schools know whom to ring, and are rung back the same day.",
    ),
    (
        "health_inspector",
        SourceType.OBSERVATION,
        "Child protection planning meeting",
        S,
        "5.4 2.1",
        "1",
        "The young person chaired the part of the meeting that was about school.",
    ),
    (
        "inspector",
        SourceType.FOCUS_GROUP,
        "Throughcare workers",
        W,
        "7.1",
        "4",
        "Support thins out after twenty-one, because caseloads do.",
    ),
    (
        "depute",
        SourceType.DATA,
        "Destinations of care leavers",
        W,
        "1.1",
        "4",
        "Fewer care leavers are in work or learning than three years ago.",
    ),
    (
        "participation_lead",
        SourceType.INTERVIEW,
        "Young people who have left care",
        S,
        "2.1",
        "4",
        "Young people said that they could stay where they lived until they were ready.",
    ),
    (
        "associate",
        SourceType.INTERVIEW,
        "Commissioning managers",
        N,
        "8.2",
        "5",
        "Joint commissioning has begun, with one contract so far.",
    ),
)


def _record(world: World, at: datetime, items: tuple[Item, ...]) -> None:
    key = world.inspection.framework_key
    indicators = {one.number: one for one in Indicator.objects.filter(framework__key=key)}
    questions = {str(one.number): one for one in Question.objects.filter(framework__key=key)}
    for who, source, activity, direction, numbers, of, text in items:
        record_evidence(
            world.inspection,
            source_type=source,
            activity=activity,
            text=text,
            direction=direction,
            indicators=[indicators[number] for number in numbers.split()],
            questions=[questions[number] for number in of.split()],
            by=world.people[who],
            at=at,
        )


def from_self_evaluation(world: World, at: datetime) -> None:
    """What the return and its files show."""
    _record(world, at, SELF_EVALUATION)


def from_first_week(world: World, at: datetime) -> None:
    """What records, children, parents and carers show in the first on-site week."""
    _record(world, at, FIRST_WEEK)


def from_surveys(world: World, at: datetime) -> None:
    """What the three surveys show."""
    _record(world, at, SURVEYS)


def from_second_week(world: World, at: datetime) -> None:
    """What staff, managers and leaders show in the second on-site week."""
    _record(world, at, SECOND_WEEK)
