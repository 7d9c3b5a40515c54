"""Every kind of page: who opens it, and at which moment of the story. Deeds between rows carry the story on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.actions.agencies import set_agency_sign_in
from accounts.actions.offices import invite_office_holder
from accounts.queries import letters_to
from accounts.roles import Role
from concerns.actions.concerns import acknowledge_concern, decide_concern, raise_concern
from concerns.enums import Referral
from concerns.models import Concern
from evaluations.actions.evaluation import confirm_evaluation
from evaluations.models import Evaluation
from inspections.actions.correspondence import correct_correspondence, record_correspondence
from inspections.actions.feeds import make_feed
from inspections.actions.invitations import invite_person
from inspections.actions.replanning import close_days
from inspections.actions.team import name_team_member
from inspections.models import Declaration, StandIn
from meetings.actions.decisions import add_decision
from meetings.models import Decision, Meeting
from reports.actions.accuracy import answer_comment, finish_report
from reports.enums import CommentDecision
from reports.models import FactComment, Point, Report
from retention.actions.disposal import approve_disposal
from retention.actions.holds import lift_legal_hold, place_legal_hold
from retention.actions.packs import make_subject_access_pack
from retention.actions.proceedings import end_proceedings, record_proceedings
from retention.models import DisposalList, Proceedings, SubjectAccessPack
from retention.queries import digest_of
from tests.inspections.declared import declares
from tests.jobs import run_jobs
from workspace.example import evaluating, meeting, reporting, sessions
from workspace.example.world import World


@dataclass(frozen=True, slots=True)
class Row:
    """One page as one person opens it. ``who`` is a key of the cast, or None for somebody without an account.

    ``fill`` gives the parts of the address beside the reference, each as a value or as a question to the world.
    """

    name: str
    who: str | None
    status: int = 200
    query: str = ""
    fill: dict[str, Any] = field(default_factory=dict)

    def path(self, world: World) -> str:
        """The address in this world."""
        given = {
            key: value(world) if callable(value) else value for key, value in self.fill.items()
        }
        try:
            found = reverse(self.name, kwargs=given)
        except NoReverseMatch:
            found = reverse(self.name, kwargs={"reference": world.inspection.reference, **given})
        return found + self.query

    def __str__(self) -> str:
        return f"{self.name} as {self.who or 'the public'}"


_M1 = {"key": "end_phase_one"}  # its record is settled in week 14
_SESSION = {
    "session": lambda world: world.inspection.sessions.get(title=sessions.HEALTH_VISITORS).pk
}
_ROOM = {"room": lambda world: world.inspection.onsite_rooms.get(name=sessions.HEALTH).pk}
_M2 = {"key": "emerging_themes"}  # it is over, and not yet recorded
_DECISION = {
    "decision": lambda world: Decision.objects.filter(meeting__step__key="emerging_themes")[0].pk
}

Deed = Callable[[World, datetime], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """Pages that are opened in one counted week, from top to bottom."""

    title: str
    week: int
    rows: tuple[Row | Deed, ...]


def somebody_is_named(world: World, at: datetime) -> None:
    """The lead of another inspection is named to this team."""
    name_team_member(
        world.inspection,
        person=world.people["other_lead"],
        role=Role.STRATEGIC_INSPECTOR,
        until=None,
        by=world.people["programme_manager"],
        at=at,
    )


def nobody_knows_them(world: World, at: datetime) -> None:
    """As if they had joined by a code, and opened no letter yet."""
    EmailAddress.objects.filter(user=world.people["other_lead"]).update(verified=False)


def their_address_is_proved(world: World, at: datetime) -> None:
    """They opened the letter."""
    EmailAddress.objects.filter(user=world.people["other_lead"]).update(verified=True)


def _part_of_theirs(world: World) -> int:
    return world.inspection.memberships.get(person=world.people["other_lead"]).pk


def something_is_declared(world: World, at: datetime) -> None:
    """They declare something, and it waits for a decision."""
    declares(world, "other_lead", "My sister leads a team of health visitors of NHS Glenmarrow.")


# ---------- Questions to the world ----------


def _undecided(world: World) -> int:
    return Declaration.objects.waiting().get().pk


def _first_membership(world: World) -> int:
    return world.inspection.memberships.filter(person=world.people["associate"]).get().pk


def _first_evaluator(world: World) -> int:
    return world.inspection.evaluators.exclude(person=world.people["lead"]).first().pk


def _first_point(world: World) -> int:
    return Point.objects.filter(report__inspection=world.inspection).order_by("pk").first().pk


def _first_comment(world: World) -> int:
    return FactComment.objects.get(report__inspection=world.inspection).pk


def _own_part(world: World) -> int:
    return world.inspection.memberships.get(person=world.people["coordinator"]).pk


def _stand_in(world: World) -> int:
    return StandIn.objects.get(membership__inspection=world.inspection).pk


def _waiting(world: World) -> int:
    return world.inspection.invitations.open().get().pk


_ENTRY = {"entry": lambda world: world.inspection.correspondence.get().pk}


def _letter_to_the_lead(world: World) -> int:
    return letters_to(world.people["lead"])[0].pk


_INSPECTOR = {"person": lambda world: world.people["inspector"].pk}
_AWAY = {"person": lambda world: world.people["associate"].pk}
_LEAVE = {"leave": lambda world: world.people["associate"].leave.get().pk}


def _person(key: str) -> Callable[[World], int]:
    return lambda world: world.people[key].pk


def _office_of_the_chair(world: World) -> int:
    return world.people["panel_chair"].offices.get().pk


def _council(world: World) -> int:
    return world.people["coordinator"].agency_id


def _first_item(world: World) -> int:
    return world.inspection.disposal_lists.get().items.filter(kind="documents.document").first().pk


# ---------- Deeds between pages ----------


def _somebody_invited_to_an_office(world: World, at: datetime) -> None:
    invite_office_holder(
        email="shona.airlie@glenmarrow.example",
        name="Shona Airlie",
        designation="Chief inspector",
        agency=world.people["panel_chair"].agency,
        role=Role.PANEL_CHAIR,
        by=world.people["programme_manager"],
        at=at,
    )


def _agency_with_a_sign_in(world: World, at: datetime) -> None:
    set_agency_sign_in(
        world.people["coordinator"].agency,  # type: ignore[arg-type]  # everybody of the cast has one
        key="glenmarrow-council",
        server_url="https://login.glenmarrow.example/tenants/4b825dc6-42cb-4eb9-a060",
        client_id="joint-inspections",
        domains=["glenmarrow.example", "childrens-services.glenmarrow.example"],
        by=world.people["programme_manager"],
        at=at,
    )


def work(world: World, at: datetime) -> None:
    """What the worker has to do."""
    run_jobs()


def _something_is_decided(world: World, at: datetime) -> None:
    add_decision(
        Meeting.objects.get(inspection=world.inspection, step__key="emerging_themes"),
        words="Show the duty log of the last three months",
        person=world.people["chief_officer"],
        due_on=at.date() + timedelta(days=7),
        by=world.people["lead"],
        at=at,
    )


def _somebody_is_in_danger(world: World, at: datetime) -> None:
    raise_concern(
        world.inspection,
        is_immediate=True,
        words="F said at the end of the session that they are afraid to go home tonight.",
        who="A young person known to the group as F.",
        place="Still at the youth club, with the worker.",
        form_token=uuid4(),
        by=world.people["volunteer"],
        at=at,
    )


def _danger_is_referred(world: World, at: datetime) -> None:
    decide_concern(
        _concern_about_danger(world),
        referral=Referral.REFER,
        reason="F may not be safe tonight.",
        based_on=1,
        by=world.people["lead"],
        at=at,
    )


def _danger_is_confirmed(world: World, at: datetime) -> None:
    acknowledge_concern(_concern_about_danger(world), by=world.people["concerns_lead"], at=at)


def _concern_about_danger(world: World) -> Concern:
    return Concern.objects.get(inspection=world.inspection, number=2)


def _coordinator_invites(world: World, at: datetime) -> None:
    invite_person(
        world.inspection,
        email="rona.brae@glenmarrow.example",
        name="Rona Brae",
        designation="Director",
        agency=world.people["coordinator"].agency,
        role=Role.CHIEF_OFFICER,
        until=None,
        by=world.people["coordinator"],
        at=at,
    )


def _panel_confirms_one_as_weak(world: World, at: datetime) -> None:
    for evaluation in Evaluation.objects.filter(inspection=world.inspection):
        level = 2 if evaluation.group.key == "9.1-9.4" else evaluation.level
        confirm_evaluation(
            evaluation, level=level, reason="Tested.", by=world.people["panel_chair"], at=at
        )


def _lead_answers(world: World, at: datetime) -> None:
    for comment in FactComment.objects.filter(report__inspection=world.inspection):
        answer_comment(
            comment,
            decision=CommentDecision.REJECT,
            reason="Another year was meant.",
            by=world.people["lead"],
            at=at,
        )


def _lead_finishes(world: World, at: datetime) -> None:
    finish_report(Report.objects.get(inspection=world.inspection), by=world.people["lead"], at=at)


def _proceedings_and_hold(world: World, at: datetime) -> None:
    by = world.people["service_manager"]
    record_proceedings(world.inspection, title="An inquiry, reference 14", by=by, at=at)
    place_legal_hold(world.inspection, reason="An inquiry asks for it.", by=by, at=at)


def _all_over_and_approved(world: World, at: datetime) -> None:
    by, day = world.people["service_manager"], at.date() - timedelta(days=400)
    end_proceedings(Proceedings.objects.get(), determined_on=day, by=by, at=at)
    lift_legal_hold(world.inspection, reason="It has ended.", by=by, at=at)
    found = DisposalList.objects.get(inspection=world.inspection)
    approve_disposal(found, seen=digest_of(found), by=by, at=at)
    manager, last = world.people["programme_manager"], at.date() + timedelta(days=20)
    make_subject_access_pack(
        world.people["lead"], request="SAR 2027/001", last_on=last, by=manager, at=at
    )


_CALL = {
    "direction": "to_us",
    "means": "call",
    "with_whom": "Morag Tulloch, chief social work officer",
    "about": "Rooms for the on-site weeks",
}


def _call_is_put_on_record(world: World, at: datetime) -> None:
    record_correspondence(
        world.inspection, **_CALL, happened_on=at.date(), by=world.people["support_officer"], at=at,
        words="She offers the library on Tuesdays and Thursdays.\nSomebody is at the door from 8.",
    )  # fmt: skip


def _call_is_corrected(world: World, at: datetime) -> None:
    correct_correspondence(
        world.inspection.correspondence.get(), **_CALL, happened_on=at.date(), by=world.people["lead"], at=at,
        words="She offers the town hall on Tuesdays.", reason="I misheard the place",
    )  # fmt: skip


def _inspector_subscribes(world: World, now: datetime) -> None:
    make_feed(None, by=world.people["inspector"], at=now)
    make_feed(world.inspection, by=world.people["inspector"], at=now)


def _snow_closes_a_day(world: World, now: datetime) -> None:
    day = world.day(12, 2)
    close_days(
        world.inspection, starts_on=day, ends_on=day, reason="Snow closed the roads",
        by=world.people["lead"], at=now,
    )  # fmt: skip


# ---------- The table ----------

GROUP = {"group": "2.1"}
LIST = {"number": lambda world: world.inspection.disposal_lists.get().reference}

MOMENTS = (
    Moment(
        "planned",
        -2,
        (
            Row("account_login", None),
            Row("accounts:agency-sign-ins", None),
            Row("account_reset_password", None),
            Row("reports:published-reports", None),
            Row("workspace:accessibility", None),
            Row("workspace:privacy", None),
            Row("workspace:method", None),
            Row("workspace:help", None),
            Row("workspace:report-problem", "inspector"),
            Row("workspace:home", "programme_manager"),
            Row("workspace:programme", "programme_manager"),
            Row("workspace:board", "programme_manager"),
            Row("workspace:overview", "programme_manager"),
            Row("workspace:gallery", "programme_manager"),
            _somebody_invited_to_an_office,
            Row("accounts:people", "programme_manager"),
            Row("accounts:people", "programme_manager", query="?words=nobody+at+all"),
            Row("accounts:person", "programme_manager", fill={"person": _person("lead")}),
            Row("accounts:person", "programme_manager", fill={"person": _person("panel_chair")}),
            Row("accounts:invite-office-holder", "programme_manager"),
            Row(
                "accounts:give-office", "programme_manager", fill={"person": _person("other_lead")}
            ),
            Row(
                "accounts:end-office",
                "programme_manager",
                fill={"person": _person("panel_chair"), "office": _office_of_the_chair},
            ),
            Row(
                "accounts:move-person", "programme_manager", fill={"person": _person("other_lead")}
            ),
            Row(
                "accounts:close-account", "programme_manager", fill={"person": _person("inspector")}
            ),
            Row("accounts:agencies", "programme_manager"),
            Row("accounts:agency", "programme_manager", fill={"agency": _council}),
            Row("accounts:add-agency", "programme_manager"),
            Row("accounts:rename-agency", "programme_manager", fill={"agency": _council}),
            Row("accounts:set-agency-sign-in", "programme_manager", fill={"agency": _council}),
            _agency_with_a_sign_in,
            Row("accounts:agency", "programme_manager", fill={"agency": _council}),
            Row("accounts:set-agency-sign-in", "programme_manager", fill={"agency": _council}),
            Row("accounts:remove-agency-sign-in", "programme_manager", fill={"agency": _council}),
            Row(
                "inspections:change-areas-of-agency",
                "programme_manager",
                fill={"agency": _council},
            ),
            Row("accounts:people", "lead", status=403),
            Row("workspace:access", "service_manager"),
            Row("workspace:access-of-role", "service_manager", fill={"role": "contributor"}),
            Row("inspections:plan-inspection", "programme_manager"),
            Row("inspections:areas", "programme_manager"),
            Row("inspections:area", "programme_manager", fill={"code": "S12999901"}),
            Row(
                "inspections:import-school-holidays",
                "programme_manager",
                fill={"code": "S12999901"},
            ),
            Row(
                "inspections:add-school-holiday-week",
                "programme_manager",
                fill={"code": "S12999901"},
            ),
            Row("inspections:change-plan", "programme_manager"),
            Row("inspections:withdraw-plan", "programme_manager"),
            Row("inspections:team", "programme_manager"),
            Row("inspections:name-team-member", "programme_manager"),
            Row(
                "inspections:end-team-member",
                "programme_manager",
                fill={"membership": _first_membership},
            ),
            Row(
                "inspections:change-last-day",
                "programme_manager",
                fill={"membership": _first_membership},
            ),
            Row("inspections:timetable", "lead"),
            Row("inspections:name-addressees", "support_officer"),
            Row("inspections:notify-partnership", "lead"),
            Row("inspections:letters", "lead"),
            Row("workspace:home", "lead"),
            Row("workspace:overview", "lead"),
            Row("inspections:log", "lead"),
            Row("inspections:readings", "lead"),
            Row("accounts:edit-details", "lead"),
            Row("accounts:choose-letters", "lead"),
            Row("accounts:told", "lead"),
            Row("accounts:told-letter", "lead", fill={"letter": _letter_to_the_lead}),
            Row("account_change_password", "lead"),
            Row("account_logout", "lead"),
            Row("mfa_index", "lead"),
            Row("mfa_list_webauthn", "lead"),
            Row("accounts:sessions", "lead"),
            Row("accounts:signing-in", "lead"),
            Row("accounts:reset-second-factor", "support_officer"),
            Row("mfa_add_webauthn", "lead"),
            Row("mfa_activate_totp", "lead"),
            Row("workspace:overview", "other_lead", status=404),
            Row("inspections:who-is-free", "programme_manager"),
            Row("inspections:record-leave", "inspector", fill=_INSPECTOR),
            Row("inspections:areas", "inspector", status=403),
            Row("workspace:home", "coordinator"),
        ),
    ),
    Moment(
        "week 0, somebody declares",
        0,
        (
            somebody_is_named,
            nobody_knows_them,
            Row("workspace:home", "other_lead"),
            Row("inspections:timetable", "other_lead", status=403),
            Row("inspections:address-proof", "other_lead"),
            Row("account_email", "other_lead"),
            Row("inspections:team", "lead"),
            Row("inspections:confirm-joined", "lead", fill={"membership": _part_of_theirs}),
            their_address_is_proved,
            Row("workspace:home", "other_lead"),
            Row("inspections:timetable", "other_lead", status=403),
            Row("inspections:declare-interest", "other_lead"),
            something_is_declared,
            Row("workspace:home", "other_lead"),
            Row("inspections:declare-interest", "other_lead"),
            Row("inspections:declare-interest", "associate"),
            Row("workspace:home", "lead"),
            Row("inspections:team", "lead"),
            Row("inspections:team", "associate"),
            Row("inspections:declarations", "lead"),
            Row("inspections:decide-interest", "lead", fill={"declaration": _undecided}),
            Row("inspections:declarations", "inspector", status=403),
        ),
    ),
    Moment(
        "week 4",
        4,
        (
            work,
            Row("workspace:home", "coordinator"),
            Row("workspace:home", "health_contributor"),
            Row("workspace:overview", "coordinator"),
            Row("workspace:overview", "lead"),
            Row("inspections:timetable", "coordinator"),
            Row("inspections:timetable", "support_officer"),
            Row("inspections:step", "support_officer", fill={"key": "self_evaluation_due"}),
            Row("inspections:move-step", "lead", fill={"key": "emerging_themes"}),
            Row("inspections:close-days", "lead"),
            Row("inspections:add-week", "lead"),
            Row("inspections:add-election", "lead"),
            _snow_closes_a_day,
            Row("inspections:timetable", "lead"),
            Row("inspections:timetable-versions", "coordinator"),
            Row("inspections:feeds", "inspector"),
            Row("inspections:make-feed", "inspector"),
            _inspector_subscribes,
            Row("inspections:feeds", "inspector"),
            Row("inspections:timetable-version", "coordinator", fill={"number": 2}),
            Row("inspections:letters", "lead"),
            _coordinator_invites,
            Row("inspections:team", "coordinator"),
            Row("inspections:invite-person", "coordinator"),
            Row("inspections:withdraw-invitation", "coordinator", fill={"invitation": _waiting}),
            Row("inspections:make-joining-code", "coordinator", fill={"invitation": _waiting}),
            Row("inspections:add-shared-inbox", "coordinator"),
            Row("inspections:record-correspondence", "support_officer"),
            _call_is_put_on_record,
            Row("inspections:correct-correspondence", "lead", fill=_ENTRY),
            _call_is_corrected,
            Row("inspections:correspondence", "lead"),
            Row("inspections:correspondence", "coordinator"),
            Row("inspections:join-by-code", None),
            Row("inspections:hand-over-office", "coordinator", fill={"membership": _own_part}),
            Row("inspections:name-stand-in", "coordinator", fill={"membership": _own_part}),
            Row("inspections:end-stand-in", "coordinator", fill={"stand_in": _stand_in}),
            Row("inspections:open-next-phase", "lead"),
            Row("evaluations:self-evaluation", "coordinator"),
            Row("evaluations:self-evaluation", "lead"),
            Row("evaluations:self-evaluation", "health_contributor"),
            Row("evaluations:give-parts", "coordinator"),
            Row("evaluations:answer-question", "coordinator", fill={"number": 2}),
            Row("evaluations:link-evidence", "coordinator", fill={"number": 2}),
            Row("evaluations:submit-self-evaluation", "coordinator"),
            Row(
                "documents:upload-documents",
                "coordinator",
                fill={
                    "holder_type": "evaluations.selfevaluation",
                    "holder_id": lambda world: world.inspection.reference,
                },
            ),
            Row("evaluations:evaluations", "lead"),
            Row("evaluations:evidence", "lead"),
            Row("reports:report", "lead"),
            Row("evaluations:evidence", "coordinator", status=403),
        ),
    ),
    Moment(
        "week 14",
        14,
        (
            work,
            Row("workspace:home", "lead"),
            Row("workspace:home", "coordinator"),
            Row("workspace:home", "service_manager"),
            Row("workspace:overview", "lead"),
            Row("workspace:overview", "coordinator"),
            Row("inspections:timetable", "lead"),
            Row("inspections:team", "lead"),
            Row("inspections:who-is-free", "lead"),
            Row("inspections:leave", "associate", fill=_AWAY),
            Row("inspections:change-leave", "associate", fill=_AWAY | _LEAVE),
            Row("inspections:remove-leave", "support_officer", fill=_AWAY | _LEAVE),
            Row("inspections:log", "lead"),
            Row("inspections:open-next-phase", "lead"),
            Row("meetings:meetings", "lead"),
            Row("meetings:meetings", "coordinator"),
            Row("meetings:meeting", "lead", fill=_M1),
            Row("meetings:meeting", "coordinator", fill=_M1),
            Row("meetings:meeting", "lead", fill=_M2),
            Row("meetings:meeting", "lead", fill={"key": "timetable_agreed"}),
            Row("meetings:meeting-record", "coordinator", fill=_M1),
            Row("meetings:meeting-mode", "lead", fill=_M1),
            Row("meetings:prepare-meeting", "support_officer", fill=_M2),
            Row("meetings:set-agenda", "lead", fill=_M2),
            Row("meetings:record-attendance", "support_officer", fill=_M2),
            Row("meetings:write-meeting-record", "depute", fill=_M2),
            Row("meetings:write-meeting-notes", "inspector", fill=_M2),
            Row("meetings:add-decision", "lead", fill=_M2),
            meeting.record_emerging_themes,
            _something_is_decided,
            Row("meetings:meeting", "lead", fill=_M2),
            Row("meetings:meeting-record", "coordinator", fill=_M2),
            Row("meetings:keep-difference", "coordinator", fill=_M2),
            Row("meetings:meeting-record-versions", "coordinator", fill=_M2),
            Row("meetings:meeting-record-versions", "lead", fill=_M2),
            Row("meetings:change-decision", "lead", fill=_M2 | _DECISION),
            Row("meetings:withdraw-decision", "support_officer", fill=_M2 | _DECISION),
            Row("meetings:meeting-record", "chief_officer", fill=_M2),
            Row("onsite:sessions", "support_officer"),
            Row("onsite:sessions", "coordinator"),
            Row("onsite:my-day", "participation_lead"),
            Row("onsite:my-day", "volunteer"),
            Row("onsite:session", "lead", fill=_SESSION),
            Row("onsite:session", "coordinator", fill=_SESSION),
            Row("onsite:plan-session", "support_officer"),
            Row("onsite:change-session", "support_officer", fill=_SESSION),
            Row("onsite:cancel-session", "lead", fill=_SESSION),
            Row("onsite:rooms", "lead"),
            Row("onsite:add-room", "support_officer"),
            Row("onsite:change-room", "support_officer", fill=_ROOM),
            Row("evaluations:self-evaluation", "lead"),
            Row("evaluations:answer-question", "lead", fill={"number": 1}),
            Row("evaluations:receipt", "coordinator"),
            Row("concerns:concerns", "lead"),
            Row("concerns:concerns", "inspector"),
            Row("concerns:concern", "health_inspector", fill={"number": 1}),
            Row("concerns:concern", "lead", fill={"number": 1}),
            Row("concerns:concern", "concerns_lead", fill={"number": 1}),
            Row("concerns:concern", "inspector", fill={"number": 1}, status=403),
            Row("concerns:raise-concern", "volunteer"),
            Row("concerns:raise-concern", "local_reader"),
            _somebody_is_in_danger,
            Row("concerns:concerns", "volunteer"),
            Row("concerns:add-to-concern", "volunteer", fill={"number": 2}),
            Row("concerns:decide-concern", "lead", fill={"number": 2}),
            Row("workspace:home", "lead"),
            Row("workspace:overview", "service_manager"),
            _danger_is_referred,
            Row("workspace:home", "concerns_lead"),
            Row("concerns:concern", "concerns_lead", fill={"number": 2}),
            _danger_is_confirmed,
            Row("concerns:close-concern", "concerns_lead", fill={"number": 2}),
            Row("evaluations:evidence", "inspector"),
            Row("evaluations:evidence", "inspector", query="?indicator=2.1&order=source"),
            Row("evaluations:evidence-coverage", "inspector"),
            Row("evaluations:record-evidence", "inspector"),
            Row("evaluations:evidence-item", "inspector", fill={"number": 1}),
            Row("evaluations:revise-evidence", "lead", fill={"number": 1}),
            Row("evaluations:evidence-versions", "lead", fill={"number": 1}),
            Row(
                "evaluations:answer-versions", "coordinator", fill={"number": 1, "part": "how_good"}
            ),
        ),
    ),
    Moment(
        "weeks 19 and 20",
        19,
        (
            Row("evaluations:evaluations", "lead"),
            Row("evaluations:open-evaluating", "lead"),
            evaluating.open_it,
            Row("evaluations:evaluations", "lead"),
            Row("evaluations:evaluation", "inspector", fill=GROUP),
            Row("evaluations:write-evaluation", "inspector", fill=GROUP),
            Row("evaluations:seal-evaluation", "inspector", fill=GROUP),
            Row("evaluations:own-evaluation-versions", "inspector", fill=GROUP),
            Row("evaluations:excuse-evaluator", "lead", fill={"evaluator": _first_evaluator}),
        ),
    ),
    Moment(
        "week 22",
        22,
        (
            Row("workspace:home", "lead"),
            Row("workspace:overview", "lead"),
            Row("evaluations:evaluations", "lead"),
            Row("evaluations:evaluation", "lead", fill=GROUP),
            Row("evaluations:propose-evaluation", "lead", fill=GROUP),
            Row("evaluations:share-evaluations", "lead"),
            evaluating.share,
            Row("evaluations:evaluations", "coordinator"),
            Row("reports:report", "lead"),
            Row("reports:begin-report", "lead"),
        ),
    ),
    Moment(
        "weeks 26 and 27",
        26,
        (
            Row("reports:report", "lead"),
            Row("reports:preview", "lead"),
            Row("reports:write-section", "lead", fill={"key": "summary"}),
            Row("reports:question", "lead", fill={"number": 2}),
            Row("reports:write-narrative", "lead", fill={"number": 2}),
            Row("reports:section-versions", "lead", fill={"key": "summary"}),
            Row("reports:narrative-versions", "lead", fill={"number": 2}),
            Row("reports:point-versions", "lead", fill={"point": _first_point}),
            Row("reports:add-point", "lead", fill={"number": 2}),
            Row("reports:revise-point", "lead", fill={"point": _first_point}),
            Row("reports:remove-point", "lead", fill={"point": _first_point}),
            Row("reports:send-report-to-panel", "lead"),
            Row("reports:attach-young-peoples-version", "lead"),
            reporting.to_the_panel,
            Row("reports:report", "panel_chair"),
            Row("reports:send-report-back", "panel_chair"),
            Row("evaluations:confirm-evaluation", "panel_chair", fill=GROUP),
            _panel_confirms_one_as_weak,
            Row("evaluations:evaluation", "panel_chair", fill=GROUP),
            Row("evaluations:evaluation-versions", "panel_chair", fill=GROUP),
            Row("workspace:as-at", "panel_chair"),
            Row("inspections:readings", "lead"),
            Row("reports:decide-follow-up", "panel_chair"),
            Row("reports:approve-report", "panel_chair"),
        ),
    ),
    Moment(
        "weeks 29 to 33",
        29,
        (
            Row("workspace:home", "lead"),
            Row("workspace:overview", "lead"),
            Row("reports:report", "support_officer"),
            Row("reports:issue-draft", "support_officer"),
            reporting.issue_the_draft,
            work,
            Row("workspace:home", "coordinator"),
            Row("reports:report", "coordinator"),
            Row("reports:draft", "coordinator"),
            Row("reports:comment-on-draft", "coordinator", fill={"paragraph": 1}),
            Row("reports:comments", "coordinator"),
            reporting.partnership_comments,
            Row("reports:comments", "coordinator"),
            Row("reports:correct-comment", "coordinator", fill={"comment": _first_comment}),
            Row("reports:remove-comment", "coordinator", fill={"comment": _first_comment}),
            Row("reports:return-comments", "coordinator"),
            reporting.partnership_has_no_more,
            Row("reports:comments", "lead"),
            Row("reports:answer-comment", "lead", fill={"comment": _first_comment}),
            _lead_answers,
            Row("reports:finish-report", "lead"),
            reporting.answer_and_finish,
            Row("reports:report", "lead"),
            Row("reports:schedule-publication", "lead"),
        ),
    ),
    Moment(
        "published",
        36,
        (
            work,
            Row("reports:published-reports", None),
            Row("reports:published-report", None),
            Row("workspace:home", "lead"),
            Row("workspace:overview", "lead"),
            Row("workspace:overview", "coordinator"),
            Row("workspace:programme", "service_manager"),
            Row("workspace:board", "service_manager"),
            Row("workspace:board", "service_manager", query="?phase=published"),
            Row("reports:report", "lead"),
            Row("inspections:log", "lead"),
            Row("reports:published-report", None, status=404, fill={"reference": "JI-1999-009"}),
            Row("retention:inspection-keeping", "service_manager"),
            Row("retention:record-submission", "service_manager"),
            Row("retention:place-legal-hold", "service_manager"),
            Row("retention:record-proceedings", "programme_manager"),
            Row("retention:make-subject-access-pack", "programme_manager"),
            Row("retention:periods", "programme_manager"),
        ),
    ),
    Moment(
        "a year after publication",
        80,
        (
            work,
            Row("retention:keeping", "service_manager"),
            Row("retention:disposal-list", "service_manager", fill=LIST),
            Row(
                "retention:disposal-list",
                "service_manager",
                query="?kind=evaluations.evidenceitem",
                fill=LIST,
            ),
            Row("retention:spare-item", "service_manager", fill=LIST | {"item": _first_item}),
            Row("retention:approve-disposal", "service_manager", fill=LIST),
            _proceedings_and_hold,
            Row("retention:inspection-keeping", "programme_manager"),
            Row(
                "retention:end-proceedings",
                "service_manager",
                fill={"proceedings": lambda world: Proceedings.objects.get().pk},
            ),
            Row("retention:lift-legal-hold", "service_manager"),
            _all_over_and_approved,
            work,
            Row("retention:keeping", "programme_manager"),
            Row("retention:disposal-list", "service_manager", fill=LIST),
            Row(
                "retention:subject-access-pack",
                "lead",
                fill={"pack": lambda world: SubjectAccessPack.objects.get().pk},
            ),
            Row("workspace:overview", "lead"),
        ),
    ),
)

# Addresses that answer with a file, or only after a letter.
NOT_PAGES = {
    "workspace:healthz": "a word for machines",
    "accounts:second-factor": "stands before everything else; opened by a test of its own",
    "accounts:still-you": "for who has neither password nor second proof; opened by a test of its own",
    "inspections:timetable-ics": "a calendar file",
    "inspections:feed": "a calendar file",
    "inspections:timetable-csv": "a table as a file",
    "workspace:board-csv": "a table as a file",
    "evaluations:export-evidence": "a table as a file",
    "onsite:sessions-csv": "a table as a file",
    "documents:document": "the file itself",
    "reports:published-pdf": "a PDF; opened by test_whole_job",
    "reports:published-young-peoples-version": "the file itself; opened by test_whole_job",
    "workspace:access-csv": "a table as a file",
    "accounts:accept-office-invitation": "needs the secret of a letter; opened by test_offices",
    "inspections:accept-invitation": "needs the secret of a letter; opened by test_whole_job, and with a wrong secret by test_errors",
}


def rows_of_all() -> list[Row]:
    """Every row of every moment."""
    return [row for moment in MOMENTS for row in moment.rows if isinstance(row, Row)]


def now() -> datetime:
    """The moment at which a deed between rows is done."""
    return timezone.now()
