"""What phase, calendar and completeness allow. Every sentence here is what the user reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.enums import AgencyKind
from accounts.models import Agency, User
from accounts.roles import PARTNERSHIP_ROLES, SINGLE_ROLES, TEAM_ROLES, Role
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.workdays import is_working_day
from inspections import gates, queries
from inspections.enums import PHASE_OF_STATE, InspectionState, StepKind, StepState
from inspections.models import Area, Inspection, Invitation, Membership, Step
from inspections.timetable import PHASES_2018, monday_of

CARE_INSPECTORATE_ROLES = frozenset(
    {
        Role.INSPECTION_LEAD,
        Role.DEPUTE,
        Role.PARTICIPATION_LEAD,
        Role.STRATEGIC_INSPECTOR,
        Role.SUPPORT_OFFICER,
    }
)
INSPECTORATE_WORDS = {
    AgencyKind.HEALTHCARE_IMPROVEMENT_SCOTLAND: "Healthcare Improvement Scotland",
    AgencyKind.EDUCATION_SCOTLAND: "Education Scotland",
    AgencyKind.HMICS: "HM Inspectorate of Constabulary in Scotland",
}


def may_plan_inspection(area: Area) -> Verdict:
    """One area has one inspection at a time: a second may be planned once the first is published."""
    running = area.inspections.filter(
        state__in=[
            InspectionState.PLANNED,
            InspectionState.NOTIFIED,
            InspectionState.PHASE_ONE,
            InspectionState.PHASE_TWO,
            InspectionState.PHASE_THREE,
        ]
    ).first()
    return require(
        running is None,
        f"{area} already has an inspection that is not yet published: {running and running.reference}.",
        source="R2",
    )


def may_begin_on(area: Area, day: date) -> Verdict:
    """Week 1 is the week of notification, so it must be a working day in a week that counts (R6, R11)."""
    if area.school_holiday_weeks.filter(monday=monday_of(day)).exists():
        return refuse(
            f"{day:%A %-d %B %Y} is in a school-holiday week of {area}, which takes no number. Choose a week that counts.",
            source="R6",
        )
    return require(
        is_working_day(day),
        f"{day:%A %-d %B %Y} is a weekend or a public holiday. Choose a working day.",
        source="R11",
    )


def may_name_team_member(inspection: Inspection, *, role: Role, person: User) -> Verdict:
    """Team roles are for inspectorates' people; single roles have one holder at a time (R3)."""
    if inspection.state == InspectionState.CLOSED:
        return refuse("This inspection is closed; its team does not change any more.")
    if role not in TEAM_ROLES:
        return refuse("The partnership's own people join by invitation.", source="R15")
    return may_come_from(person.agency, name=person.name, role=role) & may_hold_role(
        inspection, role=role, person=person
    )


def may_come_from(agency: Agency | None, *, name: str, role: Role) -> Verdict:
    """Which agency a role is filled from: the team from the inspectorates, the partnership from its own agencies (R3)."""
    is_inspectorate = agency is not None and agency.is_inspectorate
    if role in PARTNERSHIP_ROLES:
        return require(
            not is_inspectorate,
            f"{name} belongs to an inspectorate. The partnership's people come from its own agencies.",
            source="R53",
        )
    if agency is None or not is_inspectorate:
        return refuse(f"{name} does not belong to one of the four inspectorates.", source="R3")
    if role in CARE_INSPECTORATE_ROLES and agency.kind != AgencyKind.CARE_INSPECTORATE:
        return refuse(f"The {role.label.lower()} comes from the Care Inspectorate.", source="R3")
    if role == Role.PARTNER_INSPECTOR and agency.kind == AgencyKind.CARE_INSPECTORATE:
        return refuse(
            "An inspector of a scrutiny partner comes from HIS, Education Scotland or HMICS.",
            source="R3",
        )
    return ALLOWED


def may_last_until(until: date | None, *, on: date) -> Verdict:
    """A last day of access that has gone by would let nobody in."""
    return require(
        until is None or until >= on,
        f"{until and f'{until:%-d %B %Y}'} has gone by. Choose a last day of access from today on, or leave it empty.",
    )


def may_hold_role(inspection: Inspection, *, role: Role, person: User | None) -> Verdict:
    """Nobody holds a role twice, single roles have one holder, and nobody sits on both sides."""
    current = list(
        Membership.objects.current().filter(inspection=inspection).select_related("person")
    )
    holder = next((m for m in current if m.role == role), None)
    if role in SINGLE_ROLES and holder:
        return refuse(
            f"{holder.person} is {role.label.lower()} already. End that first.", source="R3"
        )
    if person is None:
        return ALLOWED
    mine = {Role(m.role) for m in current if m.person_id == person.pk}
    if role in mine:
        return refuse(f"{person} is {role.label.lower()} here already.", source="R3")
    other_side = TEAM_ROLES if role in PARTNERSHIP_ROLES else PARTNERSHIP_ROLES
    return require(
        not mine & other_side,
        f"{person} works for the other side of this inspection. Nobody can be on both.",
        source="R53",
    )


def may_end_team_member(membership: Membership) -> Verdict:
    """A part that has ended is not ended again."""
    return require(
        membership.ended_at is None,
        f"{membership.person}'s part in this inspection has already ended.",
    )


def may_name_addressees(inspection: Inspection) -> Verdict:
    """Addressees are named before the letter goes; afterwards the letters are a record."""
    return require(
        inspection.state == InspectionState.PLANNED,
        "The letters have been sent. What they said is kept as it was sent.",
        source="R13",
    )


def addressees_stand_as_seen(inspection: Inspection, *, digest: str) -> Verdict:
    """Nothing is overwritten unseen: what somebody else saved meanwhile is shown first."""
    if digest == queries.addressees_digest(inspection):
        return ALLOWED
    now = "; ".join(
        f"{addressee}: {addressee.name or 'no name'}, {addressee.email or 'no e-mail address'}"
        for addressee in inspection.addressees.all()
    )
    return refuse(
        f"Somebody saved the addressees after you opened this page. They say now: {now}. "
        "What you typed stands below and is not saved yet: change it where theirs is right, and save again."
    )


def five_addressees_named(inspection: Inspection) -> Verdict:
    """R13: the notification goes to all five addressee roles; none may be blank."""
    blank = [str(addressee) for addressee in inspection.addressees.all() if addressee.is_blank]
    return require(
        not blank,
        f"These addressees have no name or no e-mail address yet: {'; '.join(blank)}.",
        source="R13",
    )


def lead_and_support_named(inspection: Inspection) -> Verdict:
    """R3: an inspection lead and a support officer by notification."""
    roles = set(
        Membership.objects.current().filter(inspection=inspection).values_list("role", flat=True)
    )
    missing = [
        r.label.lower() for r in (Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER) if r not in roles
    ]
    return require(not missing, f"The team has no {' and no '.join(missing)} yet.", source="R3")


def contacts_for_the_letter(inspection: Inspection) -> Verdict:
    """R14: the letter carries the contact details of the lead and the support officer."""
    people = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER)
        .select_related("person")
    )
    silent = [m.person.name for m in people if not m.person.telephone]
    return require(
        not silent,
        f"The letter carries the telephone number of the lead and of the support officer. Missing: {', '.join(silent)}.",
        source="R14",
    )


def ministers_asked(inspection: Inspection) -> Verdict:
    """R1: a ministerial request and an approved timetable on record before notification. It warns."""
    return require(
        inspection.requested_on and inspection.timetable_approved_on,
        "The ministerial request or the approval of the timetable is not on record.",
        source="R1",
    )


def may_notify_partnership(inspection: Inspection, *, on: date) -> Verdict:
    """A planned inspection whose gate is open, on a working day of a week that counts."""
    if inspection.state != InspectionState.PLANNED:
        return refuse(
            f"The partnership of {inspection.area} was notified on {inspection.notified_on:%-d %B %Y}."
        )
    return gates.may_pass(inspection) & may_begin_on(inspection.area, on)


def coordinator_joined(inspection: Inspection) -> Verdict:
    """R15: the inspection co-ordinator is named, and has joined, before the document pack is sent."""
    return _somebody_is(inspection, Role.INSPECTION_COORDINATOR, source="R15")


def participation_coordinator_joined(inspection: Inspection) -> Verdict:
    """R15: the participation co-ordinator too, as a warning."""
    return _somebody_is(inspection, Role.PARTICIPATION_COORDINATOR, source="R15")


def concerns_lead_named(inspection: Inspection) -> Verdict:
    """R16: the partnership's lead for concerns is named before any reader opens a record."""
    return _somebody_is(inspection, Role.CONCERNS_LEAD, source="R16")


def _somebody_is(inspection: Inspection, role: Role, *, source: str) -> Verdict:
    held = Membership.objects.current().filter(inspection=inspection, role=role).exists()
    return require(held, f"Nobody has joined yet as {role.label.lower()}.", source=source)


def team_complete(inspection: Inspection) -> Verdict:
    """R3: by phase two a depute, a participation lead, a young inspection volunteer, and each scrutiny partner."""
    team = (
        Membership.objects.current().filter(inspection=inspection).select_related("person__agency")
    )
    roles = {m.role for m in team}
    kinds = {m.person.agency.kind for m in team if m.person.agency}
    missing = [
        f"a {role.label.lower()}"
        for role in (Role.DEPUTE, Role.PARTICIPATION_LEAD, Role.YOUNG_INSPECTION_VOLUNTEER)
        if role not in roles
    ] + [
        f"somebody from {words}" for kind, words in INSPECTORATE_WORDS.items() if kind not in kinds
    ]
    return require(not missing, f"The team still needs {', '.join(missing)}.", source="R3")


def onsite_days_done(inspection: Inspection) -> Verdict:
    """Phase two does not end before its ten on-site days are done (R9)."""
    left = (
        inspection.steps.filter(kind=StepKind.ONSITE)
        .exclude(state=StepState.DONE)
        .order_by("starts_on")
    )
    return require(
        not left,
        f"Not yet marked as done: {'; '.join(step.title for step in left)}.",
        source="R9",
    )


def action_plan_received(inspection: Inspection) -> Verdict:
    """The inspection closes once the joint action plan is in (R50)."""
    waiting = inspection.steps.filter(key="action_plan_due", state=StepState.UPCOMING).exists()
    return require(not waiting, "The joint action plan is not in yet.", source="R50")


def may_leave(inspection: Inspection, *, state: str) -> Verdict:
    """Somebody moved the inspection on in the same moment: it is not moved on twice by one page."""
    return require(
        inspection.state == state,
        f"This was done already: the inspection stands at {inspection.get_state_display().lower()}.",
    )


def may_open_next_phase(inspection: Inspection) -> Verdict:
    """Phases open one after the other, each through its gate (R7). Publication itself opens what follows phase three."""
    if "open_next_phase" not in inspection.stand.moves:
        sentences = {
            InspectionState.PLANNED: "Phase one opens after notification.",
            InspectionState.PHASE_THREE: "Phase three ends with publication of the report.",
            InspectionState.CLOSED: "This inspection is closed.",
        }
        return refuse(sentences[InspectionState(inspection.state)], source="R7")
    return gates.may_pass(inspection)


def may_publish_inspection(inspection: Inspection) -> Verdict:
    """The report's publication ends phase three, and no other moment."""
    return require(
        "publish_report" in inspection.stand.moves,
        "Only an inspection in phase three is published.",
        source="R12",
    )


def may_invite_person(
    inspection: Inspection, *, role: Role, email: str, name: str, agency: Agency
) -> Verdict:
    """People are invited from notification on, from the agency their role is filled from; single roles once.

    Somebody who has an account is of the agency that the account says. An open invitation is sent again, not doubled.
    """
    person = User.objects.filter(email=email).select_related("agency").first()
    if inspection.state == InspectionState.PLANNED and role in PARTNERSHIP_ROLES:
        return refuse("The partnership is invited after it has been notified.", source="R13")
    if inspection.state == InspectionState.CLOSED:
        return refuse("This inspection is closed.")
    if Invitation.objects.filter(
        inspection=inspection, email=email, role=role, accepted_at__isnull=True
    ).exists():
        return refuse(
            f"{email} is already invited as {role.label.lower()}. Send that invitation again instead."
        )
    if person:
        name, agency = person.name, person.agency or agency
    return may_come_from(agency, name=name, role=role) & may_hold_role(
        inspection, role=role, person=person
    )


def may_accept_invitation(invitation: Invitation, *, now: datetime) -> Verdict:
    """An invitation is used once, in time, while the inspection runs and while its role is free."""
    if invitation.accepted_at:
        return refuse(
            "This invitation has been used. Sign in with your e-mail address and password."
        )
    if invitation.has_expired(now):
        return refuse(
            f"This invitation ran out on {timezone.localdate(invitation.expires_at):%-d %B %Y}. "
            f"Ask {invitation.invited_by} to send it again."
        )
    if invitation.inspection.state == InspectionState.CLOSED:
        return refuse("This inspection is closed. There is nothing left to join.")
    if invitation.until and invitation.until < timezone.localdate(now):
        return refuse(
            f"This invitation was for work until {invitation.until:%-d %B %Y}, which has gone by. "
            f"Ask {invitation.invited_by} to invite you again."
        )
    person = User.objects.filter(email=invitation.email).first()
    role = Role(invitation.role)
    free = may_hold_role(invitation.inspection, role=role, person=person)
    return require(
        free,
        f"{free.sentence.removesuffix(' End that first.')} Ask {invitation.invited_by} what to do.",
        source=free.source,
    )


DONE_BY_DEED = {
    "notification": "Notifying the partnership marks this step by itself.",
    "self_evaluation_due": "Sending in the joint self-evaluation marks this step by itself.",
    "panel": "The panel's approval of the draft marks this step by itself.",
    "draft_to_partnership": "Issuing the draft marks this step by itself.",
    "factual_accuracy_due": "Returning the comments on facts marks this step by itself.",
    "comments_answered": "Settling the final text marks this step by itself.",
    "embargo_copy": "Scheduling publication marks this step by itself.",
    "publication": "Publishing the report marks this step by itself.",
}


def may_complete_step(step: Step, *, on: date) -> Verdict:
    """A step is marked as done once: by its own deed where it has one, meetings and on-site days when they are over."""
    if step.state != StepState.UPCOMING:
        return refuse(f"“{step.title}” is {step.get_state_display().lower()} already.")
    if step.key in DONE_BY_DEED:
        return refuse(DONE_BY_DEED[step.key])
    return require(
        step.kind not in (StepKind.MEETING, StepKind.ONSITE) or step.ends_on <= on,
        f"“{step.title}” is on {step.ends_on:%-d %B %Y}. Mark it as done that day or later, or move it first.",
    )


def may_move_step(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R8 to R12: order of phases kept, ten on-site days on working days of weeks that count, publication last."""
    if step.state != StepState.UPCOMING:
        return refuse(
            f"“{step.title}” is {step.get_state_display().lower()} and does not move any more."
        )
    if step.key == "notification":
        return refuse(
            "The notification date is the start of the clock and does not move.", source="R6"
        )
    if ends_on < starts_on:
        return refuse("The last day is before the first day.")
    if (starts_on, ends_on) == (step.starts_on, step.ends_on):
        return ALLOWED
    in_order = _publication_stays_last(step, ends_on=ends_on)
    if step.kind == StepKind.ONSITE:
        return _onsite_days_hold(step, starts_on=starts_on, ends_on=ends_on) & in_order
    if step.kind in (StepKind.DUE, StepKind.MEETING, StepKind.MILESTONE):
        return (
            require(
                is_working_day(starts_on),
                f"{starts_on:%A %-d %B %Y} is a weekend or a public holiday. Choose a working day.",
                source="R11",
            )
            & in_order
        )
    return in_order


def _onsite_days_hold(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R9, R11: as many on-site days as before, each on a working day of a week that counts, all in phase two."""
    span = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    days = [day for day in span if day.weekday() < 5]
    if len(days) != len(step.days):
        return refuse(
            f"“{step.title}” takes {len(step.days)} working days; {len(days)} lie between these dates. "
            "The on-site days are ten in all.",
            source="R9",
        )
    first, last = PHASES_2018[PHASE_OF_STATE[InspectionState.PHASE_TWO]]
    inspection = step.inspection
    refusals = (may_begin_on(inspection.area, day) for day in days)
    open_days = next((verdict for verdict in refusals if not verdict), ALLOWED)
    weeks = [queries.week_of(inspection, day) for day in days]
    return open_days & require(
        all(week is not None and first <= week <= last for week in weeks),
        f"On-site days are in phase two, weeks {first} to {last}.",
        source="R9",
    )


def _publication_stays_last(step: Step, *, ends_on: date) -> Verdict:
    """R12: whatever belongs to the three phases comes before publication, or on its day."""
    steps = step.inspection.steps.exclude(phase="after")
    if step.phase == "after":
        return ALLOWED
    if step.key == "publication":
        later = steps.exclude(pk=step.pk).filter(ends_on__gt=ends_on).order_by("-ends_on").first()
        return require(
            later is None,
            f"“{later and later.title}” ends on {later and f'{later.ends_on:%-d %B %Y}'}. Publication comes last: "
            "move that first.",
            source="R12",
        )
    publication = steps.filter(key="publication", starts_on__lt=ends_on).first()
    return require(
        publication is None,
        f"The report is published on {publication and f'{publication.starts_on:%-d %B %Y}'}, and this comes before it. "
        "Move publication first, or choose an earlier date.",
        source="R12",
    )


def may_resend_invitation(invitation: Invitation) -> Verdict:
    """An invitation that was used is not sent again, nor one to an inspection that is closed."""
    return require(not invitation.accepted_at, f"{invitation.name} has joined already.") & require(
        invitation.inspection.state != InspectionState.CLOSED, "This inspection is closed."
    )
