"""Who gets in where: every address, by every member of the cast and the public, at two moments of the inspection.

One character a person: ``o`` the page opens, ``>`` sent on to another page, or told to sign in first (401), ``x`` refused with
the reason (403), ``.`` as if it did not exist (404). A page that only takes a deed is asked to do it. A new address without a
row here fails the house tests.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from accounts.actions.offices import invite_office_holder
from accounts.models import OfficeInvitation
from accounts.models.sent_invitation import hash_of
from accounts.roles import Role
from core.models import Letter
from evaluations.models import EvidenceLink
from inspections.actions.correspondence import record_correspondence
from inspections.actions.shared_inboxes import add_shared_inbox
from inspections.enums import StepState
from inspections.models import (
    CalendarFeed,
    Declaration,
    Invitation,
    Leave,
    Membership,
    StandIn,
    Step,
)
from meetings.models import Meeting
from meetings.permissions import papers_of
from onsite.models import Room, Session
from reports.models import Edition, FactComment, Point, Report
from retention.actions.packs import make_subject_access_pack
from retention.actions.proceedings import record_proceedings
from retention.models import DisposalItem, DisposalList
from tests.cast import KEYS
from workspace.example.sessions import HEALTH_VISITORS
from workspace.example.world import World

PUBLIC = "the public"
COLUMNS = (*KEYS, PUBLIC)
SIGNS = {200: "o", 302: ">", 401: ">", 403: "x", 404: ".", 410: ".", 503: "w"}
NOWHERE = 999_999  # no row has this number


def _number(row: Any) -> int:
    return row.pk if row else NOWHERE


def _reference(world: World) -> str:
    assert world.inspection is not None
    return world.inspection.reference


def _membership(world: World) -> int:
    held = Membership.objects.filter(inspection=world.inspection, person=world.people["inspector"])
    return _number(held.first())


def _coordinator(world: World) -> int:
    held = Membership.objects.filter(
        inspection=world.inspection, person=world.people["coordinator"]
    )
    return _number(held.first())


def _step(world: World) -> str:
    """A step that is there to be marked as done, where there is one."""
    begun = Step.objects.filter(state=StepState.UPCOMING, starts_on__lte=world.now.date())
    found = begun.order_by("starts_on").last()
    return found.key if found else "publication"


def _meeting(world: World) -> Meeting:
    """One with a settled record and a decision."""
    return Meeting.objects.get(inspection=world.inspection, step__key="end_phase_one")


def _session(world: World) -> int:
    """One of the second week, that the partnership sees and in which no volunteer takes part."""
    found = Session.objects.filter(inspection=world.inspection, title=HEALTH_VISITORS)
    return _number(found.first())


def _edition(kind: str) -> Callable[[World], str]:
    def number(world: World) -> str:
        return str(_number(Edition.objects.filter(kind=kind).last()))

    return number


# What stands in an address besides the inspection's reference, by the name of its place there.
PARTS: dict[str, Callable[[World], Any]] = {
    "reference": _reference,
    "code": lambda world: world.area.code,
    "week": lambda world: _number(world.area.school_holiday_weeks.last()),
    "key": lambda world: "publication",
    "membership": _membership,
    "declaration": lambda world: _number(Declaration.objects.exclude(decision="").first()),
    "stand_in": lambda world: _number(StandIn.objects.first()),
    "inbox": lambda world: NOWHERE,
    "leave": lambda world: _number(Leave.objects.first()),
    "role": lambda world: "depute",
    "feed": lambda world: NOWHERE,
    "person": lambda world: world.people["other_lead"].pk,
    "office": lambda world: world.people["service_manager"].offices.get().pk,
    "agency": lambda world: world.people["coordinator"].agency_id,
    "invitation": lambda world: _number(Invitation.objects.first()),
    "secret": lambda world: "a-secret-that-nobody-was-sent",
    "number": lambda world: 1,
    "session": lambda world: NOWHERE,
    "link": lambda world: _number(EvidenceLink.objects.first()),
    "kind": lambda world: "csv",
    "group": lambda world: "1.1",
    "evaluator": lambda world: _number(
        world.inspection.evaluators.last() if world.inspection else None
    ),
    "point": lambda world: _number(Point.objects.last()),
    "paragraph": lambda world: 1,
    "part": lambda world: "how_good",
    "item": lambda world: NOWHERE,
    "entry": lambda world: NOWHERE,
    "letter": lambda world: NOWHERE,
    "pack": lambda world: NOWHERE,
    "decision": lambda world: NOWHERE,
    "room": lambda world: _number(Room.objects.filter(inspection=world.inspection).first()),
    "proceedings": lambda world: NOWHERE,
    "comment": lambda world: _number(FactComment.objects.first()),
    "holder_type": lambda world: "evaluations.selfevaluation",
    "holder_id": _reference,
    "uidb36": lambda world: "1",
}
# Where one name means something else.
CHOICES: dict[str, Callable[[World], dict[str, Any]]] = {
    "accounts:end-office": lambda world: {"person": world.people["service_manager"].pk},
    "accounts:resend-office-invitation": lambda world: {"invitation": NOWHERE},
    "accounts:withdraw-office-invitation": lambda world: {"invitation": NOWHERE},
    "documents:document": lambda world: {
        "public_id": EvidenceLink.objects.first().document.public_id  # type: ignore[union-attr]
    },
    "inspections:complete-step": lambda world: {"key": _step(world)},
    "inspections:hand-over-office": lambda world: {"membership": _coordinator(world)},
    "inspections:leave": lambda world: {"person": world.people["associate"].pk},
    "inspections:record-leave": lambda world: {"person": world.people["associate"].pk},
    "inspections:change-leave": lambda world: {"person": world.people["associate"].pk},
    "inspections:remove-leave": lambda world: {"person": world.people["associate"].pk},
    "inspections:name-stand-in": lambda world: {"membership": _coordinator(world)},
    "reports:write-section": lambda world: {"key": "summary"},
    **{
        f"meetings:{name}": lambda world: {"key": "emerging_themes"}
        for name in (
            "meeting",
            "meeting-mode",
            "prepare-meeting",
            "set-agenda",
            "record-attendance",
            "write-meeting-record",
            "write-meeting-notes",
            "propose-meeting-record",
            "meeting-record",
            "meeting-record-versions",
            "confirm-meeting-record",
            "add-decision",
            "keep-difference",
        )
    },
    **{
        f"meetings:{name}": lambda world: {
            "key": "end_phase_one",
            "decision": _meeting(world).decisions.get().pk,
        }
        for name in ("complete-decision", "change-decision", "withdraw-decision")
    },
    "meetings:withdraw-difference": lambda world: {
        "key": "end_phase_one",
        "difference": NOWHERE,
    },
    **{
        f"onsite:{name}": lambda world: {"session": _session(world)}
        for name in ("session", "change-session", "cancel-session")
    },
    "openid_connect_login": lambda world: {"provider_id": "nowhere"},
    "openid_connect_callback": lambda world: {"provider_id": "nowhere"},
    "mfa_edit_webauthn": lambda world: {"pk": NOWHERE},
    "mfa_remove_webauthn": lambda world: {"pk": NOWHERE},
    "reports:section-versions": lambda world: {"key": "summary"},
    "account_confirm_email": lambda world: {"key": "nonsense"},
    "account_reset_password_from_key": lambda world: {"key": "nonsense"},
}

# What holds documents: who may know that its files are there. The number of each, by the name of its row.
HOLDERS: dict[str, Callable[[World], str]] = {
    "inspections.inspection": lambda world: str(_number(world.inspection)),
    "evaluations.selfevaluation": _reference,
    "evaluations.receipt": _reference,
    "meetings.meeting": lambda world: str(_meeting(world).pk),
    "meetings.papers": lambda world: papers_of(_meeting(world)),
    "reports.report": lambda world: str(_number(Report.objects.first())),
    "reports.edition (draft)": _edition("draft"),
    "reports.edition (embargoed)": _edition("embargoed"),
    "reports.edition (published)": _edition("published"),
    # There is none at either moment: see ``MADE``.
    "retention.disposallist": lambda world: str(NOWHERE),
    "retention.subjectaccesspack": lambda world: str(NOWHERE),
}


def rows(table: str, *, published: bool = False) -> dict[str, str]:
    """The table by address, with one character for each of ``COLUMNS``: in week 14, or once published.

    Where a row has answers for both moments the second are those once published; most have the same at both.
    """
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        if line.startswith("#"):
            continue
        name, *moments = line.split("|")
        found[name.strip()] = moments[-1 if published else 0].replace(" ", "")
    return found


def account_rows() -> dict[str, str]:
    """As ``rows`` of the pages that are the same for everybody who is signed in."""
    return {name: two[0] * len(KEYS) + two[1] for name, two in rows(ACCOUNT).items()}


DOORS = """

# the programme: manager, service manager, panel chair
# the team: lead, depute, participation, inspector, health, education, police, associate, volunteer, support officer
# the partnership: co-ordinator, participation, concerns, chief officer, health, police, reporter, local reader
# strangers: a lead elsewhere, a co-ordinator elsewhere; and the public
accounts:edit-details                       | ooo oooooooooo oooooooo oo >
accounts:choose-letters                     | ooo oooooooooo oooooooo oo >
accounts:told                               | ooo oooooooooo oooooooo oo >
accounts:told-letter                        | ... .......... ........ .. >
accounts:second-factor                      | >>> >>>>>>>>>> >>>>>>>> >> >
accounts:still-you                          | >>> >>>>>>>>>> >>>>>>>> >> >
accounts:signing-in                         | ooo oooooooooo oooooooo oo >
accounts:agency-sign-ins                    | ooo oooooooooo oooooooo oo o
accounts:reset-second-factor                | oxx xxxxxxxxxo xxxxxxxx xx >
accounts:sessions                           | ooo oooooooooo oooooooo oo >
accounts:end-session                        | ... .......... ........ .. >
accounts:end-other-sessions                 | >>> >>>>>>>>>> >>>>>>>> >> >
accounts:people                             | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:person                             | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:invite-office-holder               | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:resend-office-invitation           | .xx xxxxxxxxxx xxxxxxxx xx >
accounts:withdraw-office-invitation         | .xx xxxxxxxxxx xxxxxxxx xx >
accounts:accept-office-invitation           | ... .......... ........ .. .
accounts:give-office                        | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:end-office                         | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:move-person                        | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:close-account                      | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:reopen-account                     | >xx xxxxxxxxxx xxxxxxxx xx >
accounts:agencies                           | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:agency                             | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:add-agency                         | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:rename-agency                      | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:set-agency-sign-in                 | oxx xxxxxxxxxx xxxxxxxx xx >
accounts:remove-agency-sign-in              | >xx xxxxxxxxxx xxxxxxxx xx >
inspections:change-areas-of-agency          | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:areas                           | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:area                            | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:import-school-holidays          | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:add-school-holiday-week         | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:remove-school-holiday-week      | >xx xxxxxxxxxx xxxxxxxx xx >
inspections:feeds                           | ooo oooooooooo oooooooo oo >
inspections:make-feed                       | ooo oooooooooo oooooooo oo >
inspections:revoke-feed                     | >>> >>>>>>>>>> >>>>>>>> >> >
inspections:feed                            | ... .......... ........ .. .
inspections:who-is-free                     | oox oxxxxxxxxo xxxxxxxx xx >
inspections:leave                           | oxx xxxxxxxoxo xxxxxxxx .. >
inspections:record-leave                    | oxx xxxxxxxoxo xxxxxxxx .. >
inspections:change-leave                    | oxx xxxxxxxoxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:remove-leave                    | oxx xxxxxxxoxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:plan-inspection                 | oxx xxxxxxxxxx xxxxxxxx xx >
inspections:change-plan                     | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:withdraw-plan                   | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:timetable                       | ooo oooooooooo oooooooo .. >
inspections:timetable-ics                   | ooo oooooooooo oooooooo .. >
inspections:timetable-csv                   | ooo oooooooooo oooooooo .. >
inspections:step                            | ooo oooooooooo oooooooo .. >
inspections:complete-step                   | xxx >>xxxxxxx> xxxxxxxx .. >
inspections:move-step                       | xxx oxxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:close-days                      | xxx oxxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:add-week                        | xxx oxxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:add-election                    | xxx oxxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:timetable-versions              | ooo oooooooooo oooooooo .. >
inspections:timetable-version               | ooo oooooooooo oooooooo .. >
inspections:team                            | ooo oooooooooo oooooooo .. >
inspections:name-team-member                | oxx oxxxxxxxxo xxxxxxxx .. >
inspections:declare-interest                | xxx oooooooooo xxxxxxxx .. >
inspections:declarations                    | oox oxxxxxxxxx xxxxxxxx .. >
inspections:decide-interest                 | >>x >xxxxxxxxx xxxxxxxx .. >
inspections:address-proof                   | >>> >>>>>>>>>> >>>>>>>> .. >
inspections:confirm-joined                  | >>x >xxxxxxxxx xxxxxxxx .. >
inspections:end-team-member                 | oxx oxxxxxxxxo xxxxxxxx .. >
inspections:change-last-day                 | oxx oxxxxxxxxo xxxxxxxx .. >
inspections:hand-over-office                | oxx oxxxxxxxxo oxxxxxxx .. >
inspections:name-stand-in                   | oxx oxxxxxxxxo oxxxxxxx .. >
inspections:end-stand-in                    | oxx oxxxxxxxxo oxoxxxxx .. >
inspections:add-shared-inbox                | xxx ooxxxxxxxo oxxxxxxx .. >
inspections:remove-shared-inbox             | ... .......... ........ .. >
inspections:invite-person                   | oxx ooxxxxxxxo oxxxxxxx .. >
inspections:resend-invitation               | .xx xxxxxxxxxx xxxxxxxx .. >
inspections:withdraw-invitation             | .xx xxxxxxxxxx xxxxxxxx .. >
inspections:make-joining-code               | .xx ooxxxxxxxo oxxxxxxx .. >
inspections:join-by-code                    | ooo oooooooooo oooooooo oo o
inspections:accept-invitation               | ... .......... ........ .. .
inspections:name-addressees                 | xxx xxxxxxxxxx xxxxxxxx .. >
inspections:notify-partnership              | x>> >>>>>>>>x> xxxxxxxx .. >
inspections:letters                         | xox ooooooooxo ooxoxxxx .. >
inspections:open-next-phase                 | xoo ooooooooxo xxxxxxxx .. >
inspections:correspondence                  | xxx ooxxxxxxxo oxxxxxxx .. >
inspections:record-correspondence           | xxx ooxxxxxxxo xxxxxxxx .. >
inspections:correct-correspondence          | xxx ..xxxxxxx. xxxxxxxx .. >
inspections:log                             | xox ooxxxxxxxo xxxxxxxx .. >
inspections:readings                        | xox ooxxxxxxxo xxxxxxxx .. >
workspace:home                              | ooo oooooooooo oooooooo oo >
workspace:programme                         | ooo oooooooooo oooooooo oo >
workspace:board                             | ooo oooooooooo oooooooo oo >
workspace:board-csv                         | ooo oooooooooo oooooooo oo >
workspace:overview                          | ooo oooooooooo oooooooo .. >
workspace:as-at                             | xoo ooxxxxxxxx xxxxxxxx .. >
workspace:access                            | oox xxxxxxxxxx xxxxxxxx xx >
workspace:access-of-role                    | oox xxxxxxxxxx xxxxxxxx xx >
workspace:access-csv                        | oox xxxxxxxxxx xxxxxxxx xx >
workspace:accessibility                     | ooo oooooooooo oooooooo oo o
workspace:privacy                           | ooo oooooooooo oooooooo oo o
workspace:method                            | ooo oooooooooo oooooooo oo o
workspace:help                              | ooo oooooooooo oooooooo oo o
workspace:report-problem                    | ooo oooooooooo oooooooo oo >
workspace:healthz                           | www wwwwwwwwww wwwwwwww ww w
workspace:gallery                           | ooo oooooooooo oooooooo oo >
documents:document                          | .o. oooooooo.o oo.oooo. .. >
documents:upload-documents                  | .x. xxxxxxxx.x xx.xxxx. .. >
concerns:concerns                           | xox oooooooooo xooxxxxo .. >
concerns:raise-concern                      | xxx oooooooooo xxxxxxxo .. >
concerns:concern                            | xox ooxxoxxxxx xooxxxxx .. >
concerns:add-to-concern                     | xxx xxxxxxxxxx xxxxxxxx .. >
concerns:decide-concern                     | xxx >xxxxxxxxx xxxxxxxx .. >
concerns:acknowledge-concern                | xxx xxxxxxxxxx x>>xxxxx .. >
concerns:close-concern                      | xxx >xxxxxxxxx x>>xxxxx .. >
meetings:meetings                           | xox ooooooooxo ooxoxxxx .. >
meetings:meeting                            | xox ooooooooxo ooxoxxxx .. >
meetings:meeting-mode                       | xox ooooooooxo ooxoxxxx .. >
meetings:prepare-meeting                    | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:set-agenda                         | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:record-attendance                  | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:write-meeting-record               | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:write-meeting-notes                | xox ooooooooxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:propose-meeting-record             | xxx xxxxxxxxxx xxxxxxxx .. > | xxx >>>xxxxxx> xxxxxxxx .. >
meetings:meeting-record                     | xox ooooooooxo xxxxxxxx .. > | xox ooooooooxo ooxoxxxx .. >
meetings:meeting-record-versions            | xox ooooooooxo xxxxxxxx .. > | xox ooooooooxo ooxoxxxx .. >
meetings:confirm-meeting-record             | xxx xxxxxxxxxx xxxxxxxx .. > | xxx >>xxxxxxxx >xxxxxxx .. >
meetings:add-decision                       | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:change-decision                    | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:withdraw-decision                  | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:complete-decision                  | xxx >>>xxxxxx> >xxxxxxx .. > | x>x >>>>>>>>x> >>x>xxxx .. >
meetings:keep-difference                    | xxx xxxxxxxxxx xxxxxxxx .. >
meetings:withdraw-difference                | x.x ........x. ..x.xxxx .. >
onsite:sessions                             | xox oooooooooo ooxoooox .. >
onsite:my-day                               | xox oooooooooo xxxxxxxx .. >
onsite:sessions-csv                         | xox oooooooooo ooxoooox .. >
onsite:session                              | xox oooooooo.o ooxoooox .. >
onsite:plan-session                         | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
onsite:change-session                       | xxx ooxxxxxx.o xxxxxxxx .. > | xxx xxxxxxxx.x xxxxxxxx .. >
onsite:cancel-session                       | xxx ooxxxxxx.o xxxxxxxx .. > | xxx xxxxxxxx.x xxxxxxxx .. >
onsite:rooms                                | xox ooooooooxo xxxxxxxx .. >
onsite:add-room                             | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
onsite:change-room                          | xxx oooxxxxxxo xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:self-evaluation                 | xox ooooooooxo ooxoooox .. >
evaluations:give-parts                      | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:answer-question                 | xox ooooooooxo ooxoooox .. >
evaluations:answer-versions                 | xxx xxxxxxxxxx ooxxooxx .. >
evaluations:link-evidence                   | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:unlink-evidence                 | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:submit-self-evaluation          | x>x >>>>>>>>x> >>x>>>>x .. >
evaluations:receipt                         | xox ooooooooxo ooxoooox .. >
evaluations:evidence                        | xoo ooooooooxx xxxxxxxx .. >
evaluations:evidence-coverage               | xoo ooooooooxx xxxxxxxx .. >
evaluations:record-evidence                 | xxx ooooooooxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:export-evidence                 | xoo ooooooooxx xxxxxxxx .. >
evaluations:evidence-item                   | xoo ooooooooxx xxxxxxxx .. >
evaluations:evidence-versions               | xoo ooooooooxx xxxxxxxx .. >
evaluations:revise-evidence                 | xxx oxxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:evaluations                     | xoo oooooooxxx xxxxxxxx .. > | xoo oooooooxxx ooxoxxxx .. >
evaluations:open-evaluating                 | xxx xxxxxxxxxx xxxxxxxx .. > | x>> >>>>>>>xxx xxxxxxxx .. >
evaluations:share-evaluations               | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:excuse-evaluator                | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:evaluation                      | x.. .......xxx xxxxxxxx .. > | xoo oooooooxxx >>x>xxxx .. >
evaluations:evaluation-versions             | x.. .......xxx xxxxxxxx .. > | xoo oooooooxxx xxxxxxxx .. >
evaluations:own-evaluation-versions         | x.. .......xxx xxxxxxxx .. > | xoo oooooooxxx xxxxxxxx .. >
evaluations:write-evaluation                | x.. .......xxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:seal-evaluation                 | x.. .......xxx xxxxxxxx .. > | xxx >>>>>>>xxx xxxxxxxx .. >
evaluations:unseal-evaluation               | x.. .......xxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:propose-evaluation              | x.. .......xxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
evaluations:confirm-evaluation              | x.. .......xxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:published-reports                   | ooo oooooooooo oooooooo oo o
reports:published-report                    | ... .......... ........ .. . | ooo oooooooooo oooooooo oo o
reports:published-pdf                       | ... .......... ........ .. . | www wwwwwwwwww wwwwwwww ww w
reports:published-young-peoples-version     | ... .......... ........ .. . | ooo oooooooooo oooooooo oo o
reports:report                              | xoo oooooooxxo oxxoxxxx .. >
reports:begin-report                        | xxx ooxxxxxxxx xxxxxxxx .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:preview                             | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:point-versions                      | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:narrative-versions                  | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:section-versions                    | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:draw-report                         | ... .......... ........ .. > | x>> >>>>>>>xxx xxxxxxxx .. >
reports:write-section                       | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:question                            | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:write-narrative                     | ... .......... ........ .. > | xoo oooooooxxx xxxxxxxx .. >
reports:add-point                           | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:revise-point                        | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:remove-point                        | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:order-points                        | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:send-report-to-panel                | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:approve-report                      | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:send-report-back                    | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:issue-draft                         | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:decide-follow-up                    | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:finish-report                       | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:schedule-publication                | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:draft                               | ... .......... ........ .. > | xoo oooooooxxx oxxoxxxx .. >
reports:comment-on-draft                    | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:comments                            | ... .......... ........ .. > | xoo oooooooxxx oxxoxxxx .. >
reports:return-comments                     | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:correct-comment                     | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:remove-comment                      | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:answer-comment                      | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
reports:attach-young-peoples-version        | ... .......... ........ .. > | xxx xxxxxxxxxx xxxxxxxx .. >
retention:keeping                           | oox xxxxxxxxxx xxxxxxxx xx >
retention:periods                           | oox xxxxxxxxxx xxxxxxxx xx >
retention:disposal-list                     | ..x xxxxxxxxxx xxxxxxxx xx >
retention:approve-disposal                  | ..x xxxxxxxxxx xxxxxxxx xx >
retention:spare-item                        | ..x xxxxxxxxxx xxxxxxxx xx >
retention:make-subject-access-pack          | oxx xxxxxxxxxx xxxxxxxx xx >
retention:subject-access-pack               | ... .......... ........ .. >
retention:inspection-keeping                | oox xxxxxxxxxx xxxxxxxx .. >
retention:place-legal-hold                  | oox xxxxxxxxxx xxxxxxxx .. >
retention:lift-legal-hold                   | >>x xxxxxxxxxx xxxxxxxx .. >
retention:record-submission                 | oox xxxxxxxxxx xxxxxxxx .. >
retention:record-proceedings                | oox xxxxxxxxxx xxxxxxxx .. >
retention:end-proceedings                   | ..x xxxxxxxxxx xxxxxxxx .. >
"""

# Who may know of the documents of each holder, at the same two moments.
FILES = """
inspections.inspection                      | .o. oooooooo.o oo.o.... ..
evaluations.selfevaluation                  | .o. oooooooo.o oo.oooo. ..
evaluations.receipt                         | .o. oooooooo.o oo.oooo. ..
meetings.meeting                            | .o. oooooooo.o oo.o.... ..
meetings.papers                             | .o. oooooooo.o oo.o.... ..
reports.report                              | ... .......... ........ .. | .oo ooooooo... o..o.... ..
reports.edition (draft)                     | ... .......... ........ .. | .oo ooooooo... o..o.... ..
reports.edition (embargoed)                 | ... .......... ........ .. | .oo ooooooo... o..o.... ..
reports.edition (published)                 | ... .......... ........ .. | .oo ooooooo... o..o.... ..
retention.disposallist                      | ... .......... ........ ..
retention.subjectaccesspack                 | ... .......... ........ ..
"""

# What there is none of at either moment, or what nobody was sent the address of: once there is one (see ``make``), published.
MADE = """
accounts:resend-office-invitation           | >xx xxxxxxxxxx xxxxxxxx xx >
accounts:withdraw-office-invitation         | >xx xxxxxxxxxx xxxxxxxx xx >
accounts:accept-office-invitation           | ooo oooooooooo oooooooo oo o
inspections:feed                            | ooo oooooooooo oooooooo oo o
inspections:revoke-feed                     | >>> >>>>>>>>>> >>>>>>>> >> >
inspections:remove-shared-inbox             | xxx >>xxxxxxx> >xxxxxxx .. >
inspections:correct-correspondence          | xxx ooxxxxxxxo xxxxxxxx .. >
accounts:told-letter                        | ... o......... ........ .. >
retention:disposal-list                     | oox xxxxxxxxxx xxxxxxxx xx >
retention:approve-disposal                  | xox xxxxxxxxxx xxxxxxxx xx >
retention:spare-item                        | xox xxxxxxxxxx xxxxxxxx xx >
retention:subject-access-pack               | o.. ...o...... ........ .. >
retention:end-proceedings                   | oox xxxxxxxxxx xxxxxxxx .. >
"""
FILES_MADE = """
retention.disposallist                      | oo. .......... ........ ..
retention.subjectaccesspack                 | o.. ...o...... ........ ..
"""
SECRET = "a-secret-that-was-sent"


def make(world: World) -> dict[str, dict[str, Any]]:
    """One of each, and what fills its address."""
    manager, today = world.people["programme_manager"], world.now.date()
    office = invite_office_holder(
        email="new.manager@careinspectorate.example",
        name="Oona Calder",
        designation="Service manager",
        agency=manager.agency,
        role=Role.SERVICE_MANAGER,
        by=manager,
        at=world.now,
    )
    OfficeInvitation.objects.filter(pk=office.pk).update(secret_hash=hash_of(SECRET))
    feed = CalendarFeed.objects.create(
        person=world.people["lead"],
        inspection=world.inspection,
        secret_hash=hash_of(SECRET),
        made_at=world.now,
    )
    coordinator = world.people["coordinator"]
    inbox = add_shared_inbox(
        world.inspection,
        email="children@glenmarrow.example",
        agency=coordinator.agency,
        by=coordinator,
        at=world.now,
    )
    entry = record_correspondence(
        world.inspection,
        happened_on=today,
        direction="to_us",
        means="call",
        with_whom="Somebody",
        about="Rooms",
        words="There are some.",
        by=world.people["lead"],
        at=world.now,
    )
    letter = Letter.objects.create(
        key="to the lead",
        template="inspections/team_changed",
        to=world.people["lead"].email,
        subject="The team changes",
        body="Somebody came.",
        created_at=world.now,
    )
    disposal_list = DisposalList.objects.create(
        reference="DL-2026-001", due_on=today, proposed_at=world.now
    )
    item = DisposalItem.objects.create(
        disposal_list=disposal_list, kind="evaluations.EvidenceItem", row_id="1"
    )
    pack = make_subject_access_pack(
        world.people["inspector"],
        request="SAR 1",
        last_on=today + timedelta(days=30),
        by=manager,
        at=world.now,
    )
    proceedings = record_proceedings(world.inspection, title="An inquiry", by=manager, at=world.now)
    here = {"reference": world.inspection.reference}
    the_list = {"number": disposal_list.reference}
    return {
        "accounts:resend-office-invitation": {"invitation": office.pk},
        "accounts:withdraw-office-invitation": {"invitation": office.pk},
        "accounts:accept-office-invitation": {"secret": SECRET},
        "inspections:feed": {"secret": SECRET},
        "inspections:revoke-feed": {"feed": feed.pk},
        "inspections:remove-shared-inbox": {**here, "inbox": inbox.pk},
        "inspections:correct-correspondence": {**here, "entry": entry.pk},
        "accounts:told-letter": {"letter": letter.pk},
        "retention:disposal-list": the_list,
        "retention:approve-disposal": the_list,
        "retention:spare-item": {**the_list, "item": item.pk},
        "retention:subject-access-pack": {"pack": pack.pk},
        "retention:end-proceedings": {**here, "proceedings": proceedings.pk},
        "retention.disposallist": {"holder": str(disposal_list.pk)},
        "retention.subjectaccesspack": {"holder": str(pack.pk)},
    }


# The pages that come with the library for signing in, at any moment: everybody who is signed in, and the public.
ACCOUNT = """
account_login                                 | >o
account_logout                                | o>
account_inactive                              | oo
account_signup                                | >o
account_reauthenticate                        | o>
account_email                                 | o>
account_email_verification_sent               | oo
account_change_password                       | o>
account_set_password                          | >>
account_reset_password                        | oo
account_confirm_login_code                    | >>
account_confirm_email                         | oo
account_reset_password_from_key_done          | oo
account_reset_password_from_key               | oo
account_reset_password_done                   | oo
usersessions_list                             | o>
socialaccount_login_cancelled                 | oo
socialaccount_login_error                     | >>
socialaccount_signup                          | >>
socialaccount_connections                     | o>
openid_connect_login                          | ..
openid_connect_callback                       | ..
mfa_index                                     | o>
mfa_login_webauthn                            | >>
mfa_add_webauthn                              | o>
mfa_list_webauthn                             | o>
mfa_edit_webauthn                             | .>
mfa_remove_webauthn                           | .>
mfa_reauthenticate_webauthn                   | >>
mfa_authenticate                              | >>
mfa_reauthenticate                            | >>
mfa_activate_totp                             | o>
mfa_deactivate_totp                           | .>
mfa_view_recovery_codes                       | .>
mfa_generate_recovery_codes                   | o>
mfa_download_recovery_codes                   | .>
"""
