"""What a page needs of the meetings with the partnership."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.roles import Capability, roles_granting
from audit.proof import Deed
from core.dates import day_in_words
from core.earlier import Version
from core.memo import asked_once
from inspections import queries as inspections
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Membership, Step
from meetings.enums import MeetingState, PartOfMeeting, Side
from meetings.models import AgendaItem, Attendance, Confirmation, Decision, Meeting, MeetingNotes

IN_GOOD_TIME = timedelta(days=14)  # before a meeting, when it is time to prepare it


def is_with_partnership(step: Step) -> bool:
    """Whether it is one of the scheduled meetings with the partnership: those that have a code, P0, M0 to M5 and L1."""
    return step.kind == StepKind.MEETING and bool(inspections.code_and_title(step.title)[0])


def meeting_of(step: Step) -> Meeting | None:
    """The meeting that was prepared for this step; None before. Asked once a page."""

    def ask() -> Meeting | None:
        return Meeting.objects.filter(step=step).first()

    return asked_once(("meeting", step.pk), ask)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of the timetable as a list shows it: prepared or not, confirmed or not, in words."""

    step: Step
    meeting: Meeting | None
    words: str
    tone: str

    @property
    def title(self) -> str:
        return self.step.title.partition(":")[0]

    @property
    def about(self) -> str:
        """What it is for: ``scope and rationale, areas of uncertainty, planned activity``."""
        return "; ".join(part.strip() for part in self.step.title.partition(":")[2].split(";"))


def meetings_of(inspection: Inspection, *, today: date) -> list[MeetingRow]:
    """Every meeting with the partnership, in the order of the timetable: two queries, however many there are."""
    in_force = Prefetch("meeting__confirmations", queryset=Confirmation.objects.in_force())
    steps = (
        inspection.steps.filter(kind=StepKind.MEETING)
        .select_related("meeting")
        .prefetch_related(in_force)
    )
    return [_row(step, today) for step in steps if is_with_partnership(step)]


def _row(step: Step, today: date) -> MeetingRow:
    meeting: Meeting | None = getattr(step, "meeting", None)
    if meeting is not None:
        meeting.step = step
    words, tone = _stand(step, meeting, today)
    return MeetingRow(step, meeting, words, tone)


def _stand(step: Step, meeting: Meeting | None, today: date) -> tuple[str, str]:
    if meeting is None:
        if step.starts_on < today or step.state == StepState.DONE:
            return "Not prepared here", "quiet"
        return "Not prepared", "attention" if step.starts_on - today <= IN_GOOD_TIME else "quiet"
    if meeting.state == MeetingState.PREPARED:
        return ("Prepared", "plain") if step.starts_on >= today else ("Not recorded", "attention")
    if meeting.state == MeetingState.PROPOSED:
        sides = [one.get_side_display().lower() for one in meeting.confirmations.all()]
        return (f"Confirmed by the {sides[0]}" if sides else "To be confirmed"), "attention"
    done = meeting.state == MeetingState.SETTLED
    return str(meeting.get_state_display()), "done" if done else "plain"


def agenda_of(meeting: Meeting, *, internal: bool) -> list[AgendaItem]:
    """The points in their order; those for the team alone only where they are asked for: others are not even fetched."""
    items = meeting.agenda.all()
    return list(items if internal else items.shared())


def part_version(meeting: Meeting | None, part: PartOfMeeting) -> int:
    """Which version of a part stands; 0 while nobody has saved it."""
    if meeting is None:
        return 0
    return meeting.parts.filter(part=part).values_list("version", flat=True).first() or 0


def attendance_of(meeting: Meeting) -> dict[str, list[Attendance]]:
    """Who was there, by the words of their side; nothing for a side of which nobody is recorded."""
    found: dict[str, list[Attendance]] = {}
    for one in meeting.attendances.select_related("person").order_by("-side", "pk"):
        found.setdefault(str(one.get_side_display()), []).append(one)
    return found


def people_of_sides(inspection: Inspection) -> dict[Side, list[User]]:
    """The people of either side today, each once, in the order of their roles."""
    team, partnership = inspections.people_of(inspection)
    return {
        side: list(
            {held.person_id: held.person for place in places for held in place.holders}.values()
        )
        for side, places in ((Side.TEAM, team), (Side.PARTNERSHIP, partnership))
    }


def sees_to_decisions(inspection: Inspection, *, besides: User | None = None) -> QuerySet[User]:
    """Everybody of either side who sees its meetings, so that a decision given to them is where they find it; and ``besides``
    whoever has a decision already.
    """
    see_it = roles_granting(Capability.SEE_MEETINGS)
    held = Membership.objects.current().filter(inspection=inspection).in_role(*see_it)
    found = Q(pk__in=held.order_by().values("person"))
    return User.objects.filter(found | Q(pk=besides.pk) if besides else found).order_by("name")


def notes_of(meeting: Meeting) -> MeetingNotes | None:
    """The team's own notes; None before the first."""
    return MeetingNotes.objects.filter(meeting=meeting).select_related("changed_by").first()


def confirmations_of(meeting: Meeting) -> dict[str, Confirmation]:
    """By side, who confirmed the version that stands."""
    found = meeting.confirmations.in_force().select_related("confirmed_by")
    return {one.side: one for one in found}


def same_decision(meeting: Meeting, *, words: str, person: User, due_on: date) -> Decision | None:
    """The very same decision, added before: a form that was sent twice."""
    same = meeting.decisions.in_force().filter(words=words, person=person, due_on=due_on)
    return same.first()


def record_words(meeting: Meeting) -> list[tuple[str, str]]:
    """What the record says now, label by label, as a version keeps it. Nothing in it is for the team alone."""
    where = " or by ".join(part for part in (meeting.place, meeting.link) if part)
    attendance = [
        line
        for side, people in attendance_of(meeting).items()
        for line in (f"{side}:", *(one.words for one in people))
    ]
    decisions = meeting.decisions.in_force().select_related("person")
    differences = meeting.differences.in_force().select_related("item")
    return [
        ("When and where", f"{day_in_words(meeting.day)} at {meeting.begins:%H:%M}, {where}"),
        ("Who was there", "\n".join(attendance)),
        *(
            (f"Point {number}", f"{item.words}\n{item.record}".strip())
            for number, item in enumerate(agenda_of(meeting, internal=False), start=1)
        ),
        (
            "Decisions",
            "\n".join(
                f"{one.words} ({one.person}, by {day_in_words(one.due_on)})" for one in decisions
            ),
        ),
        (
            "What the two sides see differently",
            "\n".join(
                f"{one.get_side_display()}{f', about “{one.item}”' if one.item else ''}: {one.words}"
                for one in differences
            ),
        ),
    ]


def record_version_of(meeting: Meeting) -> int:
    """The version that stands now, whatever the row in hand says."""
    return Meeting.objects.values_list("record_version", flat=True).get(pk=meeting.pk)


def record_versions(meeting: Meeting, *, all_of_them: bool) -> list[Version]:
    """What each version said, the newest first. The partnership sees from the one that it was first asked to confirm: what came
    before is a draft of the team.
    """
    found = meeting.record_versions.select_related("changed_by")
    if not all_of_them:
        found = found.filter(shared=True)
    return [
        Version(one.version, one.changed_at, str(one.changed_by), dict(one.words)) for one in found
    ]


def meetings_waiting(inspections_: Iterable[Inspection], *, today: date) -> list[Step]:
    """The steps of meetings that wait for somebody, of all these inspections in one query: those within two weeks that nobody
    has prepared, and those whose record is to be written or confirmed.

    Each says as ``confirmed_by_team`` and ``confirmed_by_partnership`` who has confirmed the record that stands.
    """
    confirmed = Confirmation.objects.in_force().filter(meeting=OuterRef("meeting"))
    to_prepare = Q(
        meeting__isnull=True,
        state=StepState.UPCOMING,
        starts_on__gte=today,
        starts_on__lte=today + IN_GOOD_TIME,
    )
    to_record = Q(
        meeting__state__in=[MeetingState.PREPARED, MeetingState.RECORDED], starts_on__lte=today
    )
    found = (
        Step.objects.filter(
            to_prepare | to_record | Q(meeting__state=MeetingState.PROPOSED),
            inspection__in=[one.pk for one in inspections_],
            kind=StepKind.MEETING,
        )
        .select_related("meeting")
        .annotate(
            confirmed_by_team=Exists(confirmed.filter(side=Side.TEAM)),
            confirmed_by_partnership=Exists(confirmed.filter(side=Side.PARTNERSHIP)),
        )
    )
    return [step for step in found if is_with_partnership(step)]


def decisions_waiting(
    person: User, inspections_: Iterable[Inspection], *, left: Iterable[Inspection]
) -> list[Decision]:
    """What somebody sees to on these inspections and has not done yet; and on those in ``left`` what waits with nobody, since whoever
    saw to it has gone. One query.
    """
    own = Q(person=person, meeting__inspection__in=[one.pk for one in inspections_])
    orphaned = Q(owner_is_here=False, meeting__inspection__in=[one.pk for one in left])
    found = Decision.objects.open().with_owner().filter(own | orphaned)
    return list(found.select_related("meeting__step", "person"))


def deeds_kept() -> Iterator[Deed]:
    """Records that both sides confirmed, each with the event that it cannot lack, for the proof of the record. One query."""
    settled = Meeting.objects.filter(state=MeetingState.SETTLED).order_by("pk")
    for pk, title, reference in settled.values_list("pk", "step__title", "inspection__reference"):
        yield Deed(
            f"The record of {title.partition(':')[0]} of {reference}",
            "meetings.meeting_record_confirmed",
            "meetings.meeting",
            str(pk),
        )
