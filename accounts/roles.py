"""THE page about who may do what: every capability and every role, in sentences.

A capability carries the name of its deed. A role is a set of capabilities and a paragraph that says what it means. A
person holds a role on one inspection (``inspections.Membership``) or for the whole programme (``accounts.Office``).
What the moment allows is not here: that is a rule (``may_...``) in the app of the deed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Capability(StrEnum):
    """One deed, or one thing that may be read. The value is the sentence that a refusal shows: it names who may, all of them
    and nobody else. "The inspectors" are the lead, the depute, the participation lead and the inspectors of the team.
    """

    # the programme
    PLAN_INSPECTION = "Only a programme manager plans an inspection."
    CHANGE_PLAN = "Only a programme manager changes the plan of an inspection."
    WITHDRAW_PLAN = "Only a programme manager withdraws the plan of an inspection."
    EDIT_REFERENCE_DATA = "Only a programme manager edits areas, methods and calendars."
    RESET_SECOND_FACTOR = (
        "Only a programme manager or a support officer resets the second proof of somebody."
    )
    RECORD_LEAVE = "Only the person, the programme manager and the support officer of one of their inspections keep days away."
    SEE_WHO_IS_FREE = (
        "Only those who plan teams see who is free: the programme manager, the service manager, "
        "inspection leads and support officers."
    )
    # people, agencies and offices
    SEE_ACCESS = (
        "Only a programme manager or a service manager sees the table of who may open what."
    )
    SEE_PEOPLE = "Only a programme manager sees the list of people and agencies."
    INVITE_OFFICE_HOLDER = "Only a programme manager invites somebody to an office."
    GIVE_OFFICE = "Only a programme manager gives an office."
    END_OFFICE = "Only a programme manager ends an office."
    MOVE_PERSON = "Only a programme manager moves somebody to another agency."
    CLOSE_ACCOUNT = "Only a programme manager closes an account."
    REOPEN_ACCOUNT = "Only a programme manager opens a closed account again."
    ADD_AGENCY = "Only a programme manager adds an agency."
    RENAME_AGENCY = "Only a programme manager renames an agency."
    SET_AGENCY_SIGN_IN = "Only a programme manager says where the people of an agency sign in."
    REMOVE_AGENCY_SIGN_IN = "Only a programme manager takes away an agency's own sign-in."
    CHANGE_AREAS_OF_AGENCY = "Only a programme manager says to which areas an agency belongs."
    # one inspection
    SEE_INSPECTION = "Only people who work on this inspection see it."
    NAME_TEAM_MEMBER = (
        "Only the programme manager, the inspection lead or the support officer names the team."
    )
    END_TEAM_MEMBER = (
        "Only the programme manager, the inspection lead or the support officer ends somebody's part, "
        "and the inspection co-ordinator that of a contributor or a local file reader."
    )
    CHANGE_LAST_DAY = (
        "Only the programme manager, the inspection lead or the support officer changes somebody's last day, "
        "and the inspection co-ordinator that of a local file reader."
    )
    HAND_OVER_OFFICE = (
        "Only its holder, the programme manager, the inspection lead, the support officer or the inspection co-ordinator "
        "hands over an office."
    )
    NAME_STAND_IN = (
        "Only its holder, the programme manager, the inspection lead, the support officer or the inspection co-ordinator "
        "names a stand-in for an office."
    )
    DECIDE_INTEREST = (
        "Only the programme manager, the service manager or the inspection lead reads what the team declared, "
        "and decides on it."
    )
    CONFIRM_JOINED = "Only the programme manager, the service manager or the inspection lead confirms that they know who joined by a code."
    NAME_ADDRESSEES = (
        "Only the inspection lead, the depute or the support officer names the five addressees."
    )
    NOTIFY_PARTNERSHIP = "Only the inspection lead notifies the partnership."
    INVITE_PERSON = (
        "Only the inspection lead, the depute, the support officer or the inspection co-ordinator invites people "
        "to the partnership's side."
    )
    INVITE_TO_TEAM = "Only the programme manager, the inspection lead, the depute or the support officer invites people to the team."
    MAKE_JOINING_CODE = (
        "Only the programme manager, the inspection lead, the depute, the support officer or the inspection co-ordinator "
        "makes a code to read out."
    )
    ADD_SHARED_INBOX = (
        "Only the inspection lead, the depute, the support officer or the inspection co-ordinator says "
        "which inboxes get copies."
    )
    COMPLETE_STEP = (
        "Only the inspection lead, the depute or the support officer marks a step as done."
    )
    MOVE_STEP = "Only the inspection lead moves a date."
    REPLAN = "Only the inspection lead changes the calendar of an inspection."
    OPEN_NEXT_PHASE = "Only the inspection lead opens the next phase."
    SEE_LETTERS = (
        "Only the inspectors, the associate assessors, the support officer, the service manager, and the partnership's "
        "co-ordinators and chief officers read the notification letters."
    )
    SEE_TEAM_ROOMS = (
        "Only the inspectors, the associate assessors, the support officer, the service manager and the chair of the panel "
        "see this room."
    )
    SEE_LOG = "Only the inspection lead, the depute, the support officer and the service manager read the whole log."
    SEE_CORRESPONDENCE = "Only the inspection lead, the depute, the support officer and the inspection co-ordinator read what was sent."
    RECORD_CORRESPONDENCE = "Only the inspection lead, the depute or the support officer puts on record what was sent or said outside."
    LOOK_BACK = "Only the inspection lead, the depute, the service manager and the chair of the panel look back to an earlier moment."
    # meetings with the partnership
    SEE_MEETINGS = (
        "Only the inspectors, the associate assessors, the support officer, the service manager, and the partnership's "
        "co-ordinators and chief officers see the meetings."
    )
    SEE_MEETING_NOTES = (
        "Only the inspectors, the associate assessors, the support officer and the service manager see the team's own "
        "notes of a meeting."
    )
    PREPARE_MEETING = "Only the inspection lead, the depute, the participation lead or the support officer prepares a meeting."
    RECORD_MEETING = "Only the inspection lead, the depute, the participation lead or the support officer records a meeting."
    COMPLETE_DECISION = (
        "Only whoever sees to it, the inspection lead, the depute, the participation lead or the support officer marks a "
        "decision as done."
    )
    CONFIRM_MEETING_RECORD = (
        "Only the inspection lead or the depute for the team, and the inspection co-ordinator for the partnership, confirm "
        "the record of a meeting."
    )
    KEEP_DIFFERENCE = (
        "Only the inspection lead or the depute for the team, and the inspection co-ordinator for the partnership, say what "
        "their side sees differently."
    )
    # the days on site
    SEE_SESSIONS = (
        "Only the inspectors, the associate assessors, the young inspection volunteers, the support officer, the service "
        "manager, and the partnership's co-ordinators, chief officers and contributors see sessions on site."
    )
    SEE_EVERY_SESSION = (
        "Only the inspectors, the associate assessors, the support officer and the service manager see every session on "
        "site, and the rooms."
    )
    PLAN_SESSION = "Only the inspection lead, the depute, the participation lead or the support officer plans sessions on site."
    PLAN_ANY_SESSION = "Only the inspection lead, the depute or the support officer plans a session without a young inspection volunteer."
    # the partnership's return
    SEE_SELF_EVALUATION = (
        "Only the partnership's co-ordinators, chief officers and contributors, the inspectors, the associate assessors, "
        "the support officer and the service manager see the self-evaluation."
    )
    ANSWER_SELF_EVALUATION = (
        "Only the inspection co-ordinator and contributors of the partnership write the answers."
    )
    GIVE_PARTS = "Only the inspection co-ordinator gives out the questions of the self-evaluation."
    SEE_WHOLE_DRAFT = "Only the partnership's co-ordinators see the whole of its draft; an agency sees its own part."
    SUBMIT_SELF_EVALUATION = "Only the inspection co-ordinator sends in the self-evaluation."
    # matters of serious concern
    RAISE_CONCERN = (
        "Only the inspectors, the associate assessors, the young inspection volunteers, the support officer "
        "and the local file readers raise a concern."
    )
    SEE_CONCERNS = (
        "Only the inspection lead, the depute and the service manager see every concern; "
        "whoever raised one sees that one."
    )
    SEE_REFERRED_CONCERNS = (
        "Only the partnership's lead for concerns sees the concerns that were referred."
    )
    DECIDE_CONCERN = "Only the inspection lead decides whether a concern is referred."
    ACKNOWLEDGE_CONCERN = (
        "Only the partnership's lead for concerns confirms that a concern has arrived."
    )
    CLOSE_CONCERN = (
        "Only the partnership's lead for concerns or the inspection lead closes a concern."
    )
    # evidence and evaluations
    SEE_EVIDENCE = "Only the inspectors, the associate assessors, the service manager and the chair of the panel see evidence."
    RECORD_EVIDENCE = "Only the inspectors and the associate assessors record evidence."
    OPEN_EVALUATING = "Only the inspection lead opens evaluating."
    EXCUSE_EVALUATOR = "Only the inspection lead or the service manager excuses an evaluator."
    SEAL_EVALUATION = "Only the inspectors seal an evaluation of their own."
    PROPOSE_EVALUATION = "Only the inspection lead records what the team proposes."
    SHARE_EVALUATIONS = (
        "Only the inspection lead shares the provisional evaluations with the partnership."
    )
    CONFIRM_EVALUATION = (
        "Only the chair of the Quality and Consistency Panel confirms an evaluation."
    )
    SEE_EVALUATIONS = "Only the inspectors, the service manager and the chair of the panel see evaluations before they are shared."
    SEE_SHARED_EVALUATIONS = (
        "Only the partnership's co-ordinators and chief officers see the evaluations it is shown."
    )
    # the report
    SEE_REPORT = "Only the inspectors, the service manager and the chair of the panel see the report before it is issued."
    WRITE_REPORT = "Only the inspection lead and the depute write the report."
    SEND_REPORT_TO_PANEL = "Only the inspection lead sends the report to the panel."
    APPROVE_REPORT = "Only the chair of the Quality and Consistency Panel approves the draft."
    ISSUE_DRAFT = (
        "Only the inspection lead or the support officer issues the draft to the partnership."
    )
    SEE_DRAFT = "Only the partnership's inspection co-ordinator and chief officers see the draft."
    COMMENT_ON_DRAFT = "Only the inspection co-ordinator comments on facts in the draft."
    ANSWER_COMMENT = "Only the inspection lead answers a comment on facts."
    DECIDE_FOLLOW_UP = "Only the chair of the panel records the decision on a progress review."
    FINISH_REPORT = "Only the inspection lead settles the final text."
    SCHEDULE_PUBLICATION = "Only the inspection lead or the service manager schedules publication."
    # keeping and letting go
    SEE_KEEPING = (
        "Only the programme manager and the service manager see what is kept and what is due to go."
    )
    PLACE_LEGAL_HOLD = "Only the programme manager or the service manager holds back what is kept of an inspection."
    LIFT_LEGAL_HOLD = (
        "Only the programme manager or the service manager lets go on what was held back."
    )
    RECORD_PROCEEDINGS = (
        "Only the programme manager or the service manager records when the report went to Ministers, "
        "and connected proceedings."
    )
    APPROVE_DISPOSAL = "Only the service manager approves what is destroyed."
    MAKE_SUBJECT_ACCESS_PACK = (
        "Only the programme manager collects what is held about a person for that person."
    )


class Role(models.TextChoices):
    """What a person is on an inspection, or in the programme (`docs/roles.md`)."""

    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    PANEL_CHAIR = "panel_chair", "Chair of the Quality and Consistency Panel"
    INSPECTION_LEAD = "inspection_lead", "Inspection lead"
    DEPUTE = "depute", "Depute inspection lead"
    PARTICIPATION_LEAD = "participation_lead", "Participation lead"
    STRATEGIC_INSPECTOR = "strategic_inspector", "Strategic inspector"
    PARTNER_INSPECTOR = "partner_inspector", "Inspector of a scrutiny partner"
    ASSOCIATE_ASSESSOR = "associate_assessor", "Associate assessor"
    YOUNG_INSPECTION_VOLUNTEER = "young_inspection_volunteer", "Young inspection volunteer"
    SUPPORT_OFFICER = "support_officer", "Strategic support officer"
    INSPECTION_COORDINATOR = "inspection_coordinator", "Inspection co-ordinator"
    PARTICIPATION_COORDINATOR = "participation_coordinator", "Participation co-ordinator"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    CONTRIBUTOR = "contributor", "Contributor of an agency"
    LOCAL_READER = "local_reader", "Local file reader"
    CONCERNS_LEAD = "concerns_lead", "Lead member of staff for concerns"


PROGRAMME_ROLES = frozenset({Role.PROGRAMME_MANAGER, Role.SERVICE_MANAGER, Role.PANEL_CHAIR})
PARTNERSHIP_ROLES = frozenset(
    {
        Role.INSPECTION_COORDINATOR,
        Role.PARTICIPATION_COORDINATOR,
        Role.CHIEF_OFFICER,
        Role.CONTRIBUTOR,
        Role.LOCAL_READER,
        Role.CONCERNS_LEAD,
    }
)
TEAM_ROLES = frozenset(Role) - PROGRAMME_ROLES - PARTNERSHIP_ROLES
SINGLE_ROLES = frozenset(
    {
        Role.INSPECTION_LEAD,
        Role.DEPUTE,
        Role.PARTICIPATION_LEAD,
        Role.SUPPORT_OFFICER,
        Role.INSPECTION_COORDINATOR,
        Role.PARTICIPATION_COORDINATOR,
        Role.CONCERNS_LEAD,
    }
)
# Their access ends on a day, always: they come for a part of the work, and read or hear much that is not theirs to keep.
PASSING_ROLES = frozenset(
    {Role.ASSOCIATE_ASSESSOR, Role.YOUNG_INSPECTION_VOLUNTEER, Role.LOCAL_READER}
)

# Two offices that one person never holds at once, and why. Offices keep apart running the system, overseeing an inspection
# and testing its evaluations.
INCOMPATIBLE: dict[frozenset[Role], str] = {
    frozenset({Role.PROGRAMME_MANAGER, Role.SERVICE_MANAGER}): (
        "A programme manager sees no evidence, and a service manager reads it."
    ),
    frozenset({Role.PROGRAMME_MANAGER, Role.PANEL_CHAIR}): (
        "A programme manager sees no evidence, and the chair of the panel reads it."
    ),
    frozenset({Role.SERVICE_MANAGER, Role.PANEL_CHAIR}): (
        "A service manager oversees the work that the panel tests."
    ),
}

MEANING: dict[Role, str] = {
    Role.PROGRAMME_MANAGER: "Plans areas, years and teams, and keeps people, agencies, "
    "methods and calendars. Sees where every inspection "
    "stands, and none of its evidence, evaluations or drafts.",
    Role.SERVICE_MANAGER: "Oversees the delivery of inspections and their quality at key points. Reads evidence, "
    "evaluations and the report; changes none of them.",
    Role.PANEL_CHAIR: "Chairs the panel that tests evaluations against evidence and earlier reports, confirms each one "
    "with its reason, approves the draft and decides on follow-up.",
    Role.INSPECTION_LEAD: "Runs the inspection: leads contact with the partnership, opens phases, moves dates with a "
    "reason, records the team's proposals and writes the report.",
    Role.DEPUTE: "Leads beside the inspection lead and stands in for most of the work.",
    Role.PARTICIPATION_LEAD: "Leads how children, young people and families are heard, with the participation "
    "co-ordinator.",
    Role.STRATEGIC_INSPECTOR: "Gathers and records evidence, and evaluates.",
    Role.PARTNER_INSPECTOR: "A full member of the team from Healthcare Improvement Scotland, Education Scotland or HMICS.",
    Role.ASSOCIATE_ASSESSOR: "An experienced practitioner from another area. Records evidence; does not evaluate.",
    Role.YOUNG_INSPECTION_VOLUNTEER: "A care experienced person of 18 to 26 who leads much of the contact with children. "
    "Sees the timetable and their own part; never records, evaluations or other people's concerns.",
    Role.SUPPORT_OFFICER: "Sends, chases, books and timetables. The partnership's first contact.",
    Role.INSPECTION_COORDINATOR: "The partnership's key contact: sees what is asked and by when, gives parts to others, "
    "sends in the returns and gets the receipts.",
    Role.PARTICIPATION_COORDINATOR: "The partnership's lead for participation, working beside the participation lead.",
    Role.CHIEF_OFFICER: "Answers for one agency of the partnership; reads what the partnership sends as soon as it is "
    "all written, and what it is shown.",
    Role.CONTRIBUTOR: "Writes the answers of the joint self-evaluation that are given to one agency, and sees no others "
    "before all are sent in.",
    Role.LOCAL_READER: "Reads records paired with an inspector, in one week.",
    Role.CONCERNS_LEAD: "Receives a referral of concern and acts on it under local inter-agency procedures.",
}

# The same to whoever is invited, on a page that others may see over their shoulder: what they do, and nothing of who they are.
YOURS: dict[Role, str] = {
    Role.PROGRAMME_MANAGER: "You plan areas, years and teams, and keep people, agencies, methods and calendars. You see where every "
    "inspection stands, and none of its evidence, evaluations or drafts.",
    Role.SERVICE_MANAGER: "You oversee the delivery of inspections and their quality at key points. You read evidence, evaluations "
    "and the report, and change none of them.",
    Role.PANEL_CHAIR: "You chair the panel that tests evaluations against evidence and earlier reports. You confirm each one with "
    "its reason, approve the draft and decide on follow-up.",
    Role.INSPECTION_LEAD: "You run the inspection: you lead contact with the partnership, open phases, move dates with a reason, "
    "record the team's proposals and write the report.",
    Role.DEPUTE: "You lead beside the inspection lead, and stand in for them in most of the work.",
    Role.PARTICIPATION_LEAD: "You lead how children, young people and families are heard, with the participation co-ordinator.",
    Role.STRATEGIC_INSPECTOR: "You gather and record evidence, and evaluate.",
    Role.PARTNER_INSPECTOR: "You are a full member of the team: you gather and record evidence, and evaluate.",
    Role.ASSOCIATE_ASSESSOR: "You bring what you know from practice in another area, and record evidence. You do not evaluate.",
    Role.YOUNG_INSPECTION_VOLUNTEER: "You join the team for some days and talk with children and young people. You see the dates and "
    "your own part, and nobody's records.",
    Role.SUPPORT_OFFICER: "You send, chase, book and keep the timetable. The partnership asks you first.",
    Role.INSPECTION_COORDINATOR: "You are the partnership's key contact: you see what is asked and by when, give parts to others, "
    "send in the returns and get the receipts.",
    Role.PARTICIPATION_COORDINATOR: "You lead participation for the partnership, beside the participation lead of the team.",
    Role.CHIEF_OFFICER: "You answer for your agency. You read what the partnership sends as soon as it is all written, and what the "
    "partnership is shown.",
    Role.CONTRIBUTOR: "You write the answers of the joint self-evaluation that are given to your agency, and see no others before "
    "all are sent in.",
    Role.LOCAL_READER: "You read records together with an inspector, in one week.",
    Role.CONCERNS_LEAD: "You receive a referral of concern and act on it under local inter-agency procedures.",
}

_C = Capability
_TEAM_SEES = {
    _C.SEE_SESSIONS,
    _C.SEE_EVERY_SESSION,
    _C.SEE_MEETINGS,
    _C.SEE_MEETING_NOTES,
    _C.SEE_LETTERS,
    _C.SEE_INSPECTION,
    _C.SEE_TEAM_ROOMS,
    _C.SEE_SELF_EVALUATION,
    _C.SEE_EVIDENCE,
}
_RECORDS_MEETINGS = {_C.PREPARE_MEETING, _C.RECORD_MEETING, _C.COMPLETE_DECISION}
_PLANS_SESSIONS = {_C.PLAN_SESSION, _C.PLAN_ANY_SESSION}
_CONFIRMS = {_C.CONFIRM_MEETING_RECORD, _C.KEEP_DIFFERENCE}
_INSPECTS = _TEAM_SEES | {
    _C.RAISE_CONCERN,
    _C.RECORD_EVIDENCE,
    _C.SEAL_EVALUATION,
    _C.SEE_EVALUATIONS,
    _C.SEE_REPORT,
}
_LEADS = (
    _INSPECTS
    | _RECORDS_MEETINGS
    | _CONFIRMS
    | _PLANS_SESSIONS
    | {
        _C.SEE_CONCERNS,
        _C.NAME_ADDRESSEES,
        _C.INVITE_PERSON,
        _C.INVITE_TO_TEAM,
        _C.MAKE_JOINING_CODE,
        _C.ADD_SHARED_INBOX,
        _C.COMPLETE_STEP,
        _C.WRITE_REPORT,
        _C.SEE_LOG,
        _C.SEE_CORRESPONDENCE,
        _C.RECORD_CORRESPONDENCE,
        _C.LOOK_BACK,
    }
)
_ADMINISTERS = {
    _C.SEE_ACCESS,
    _C.SEE_PEOPLE,
    _C.INVITE_OFFICE_HOLDER,
    _C.GIVE_OFFICE,
    _C.END_OFFICE,
    _C.MOVE_PERSON,
    _C.CLOSE_ACCOUNT,
    _C.REOPEN_ACCOUNT,
    _C.ADD_AGENCY,
    _C.RENAME_AGENCY,
    _C.SET_AGENCY_SIGN_IN,
    _C.REMOVE_AGENCY_SIGN_IN,
    _C.CHANGE_AREAS_OF_AGENCY,
}
_KEEPS = {_C.SEE_KEEPING, _C.PLACE_LEGAL_HOLD, _C.LIFT_LEGAL_HOLD, _C.RECORD_PROCEEDINGS}
_PARTNERSHIP_SEES = {_C.SEE_INSPECTION, _C.SEE_SELF_EVALUATION, _C.SEE_SESSIONS}

GRANTS: dict[Role, frozenset[Capability]] = {
    Role.PROGRAMME_MANAGER: frozenset(
        _ADMINISTERS
        | _KEEPS
        | {
            _C.MAKE_SUBJECT_ACCESS_PACK,
            _C.PLAN_INSPECTION,
            _C.CHANGE_PLAN,
            _C.WITHDRAW_PLAN,
            _C.EDIT_REFERENCE_DATA,
            _C.RESET_SECOND_FACTOR,
            _C.NAME_TEAM_MEMBER,
            _C.INVITE_TO_TEAM,
            _C.MAKE_JOINING_CODE,
            _C.END_TEAM_MEMBER,
            _C.CHANGE_LAST_DAY,
            _C.HAND_OVER_OFFICE,
            _C.NAME_STAND_IN,
            _C.DECIDE_INTEREST,
            _C.CONFIRM_JOINED,
            _C.RECORD_LEAVE,
            _C.SEE_WHO_IS_FREE,
            _C.SEE_INSPECTION,
        }
    ),
    Role.SERVICE_MANAGER: frozenset(
        _TEAM_SEES
        | _KEEPS
        | {
            _C.SEE_ACCESS,
            _C.DECIDE_INTEREST,
            _C.SEE_CONCERNS,
            _C.CONFIRM_JOINED,
            _C.APPROVE_DISPOSAL,
            _C.SEE_EVALUATIONS,
            _C.EXCUSE_EVALUATOR,
            _C.SEE_REPORT,
            _C.SEE_LOG,
            _C.LOOK_BACK,
            _C.SCHEDULE_PUBLICATION,
            _C.SEE_WHO_IS_FREE,
        }
    ),
    Role.PANEL_CHAIR: frozenset(
        {
            _C.SEE_INSPECTION,
            _C.SEE_TEAM_ROOMS,
            _C.SEE_EVIDENCE,
            _C.SEE_EVALUATIONS,
            _C.CONFIRM_EVALUATION,
            _C.SEE_REPORT,
            _C.APPROVE_REPORT,
            _C.DECIDE_FOLLOW_UP,
            _C.LOOK_BACK,
        }
    ),
    Role.INSPECTION_LEAD: frozenset(
        _LEADS
        | {
            _C.NAME_TEAM_MEMBER,
            _C.END_TEAM_MEMBER,
            _C.CHANGE_LAST_DAY,
            _C.HAND_OVER_OFFICE,
            _C.NAME_STAND_IN,
            _C.DECIDE_INTEREST,
            _C.DECIDE_CONCERN,
            _C.CLOSE_CONCERN,
            _C.CONFIRM_JOINED,
            _C.SEE_WHO_IS_FREE,
            _C.NOTIFY_PARTNERSHIP,
            _C.MOVE_STEP,
            _C.REPLAN,
            _C.OPEN_NEXT_PHASE,
            _C.OPEN_EVALUATING,
            _C.EXCUSE_EVALUATOR,
            _C.PROPOSE_EVALUATION,
            _C.SHARE_EVALUATIONS,
            _C.SEND_REPORT_TO_PANEL,
            _C.ISSUE_DRAFT,
            _C.ANSWER_COMMENT,
            _C.FINISH_REPORT,
            _C.SCHEDULE_PUBLICATION,
        }
    ),
    Role.DEPUTE: frozenset(_LEADS),
    Role.PARTICIPATION_LEAD: frozenset(_INSPECTS | _RECORDS_MEETINGS | {_C.PLAN_SESSION}),
    Role.STRATEGIC_INSPECTOR: frozenset(_INSPECTS),
    Role.PARTNER_INSPECTOR: frozenset(_INSPECTS),
    Role.ASSOCIATE_ASSESSOR: frozenset(_TEAM_SEES | {_C.RECORD_EVIDENCE, _C.RAISE_CONCERN}),
    Role.YOUNG_INSPECTION_VOLUNTEER: frozenset(
        {_C.SEE_INSPECTION, _C.SEE_SESSIONS, _C.RAISE_CONCERN}
    ),
    Role.SUPPORT_OFFICER: frozenset(
        _RECORDS_MEETINGS
        | _PLANS_SESSIONS
        | {
            _C.SEE_SESSIONS,
            _C.SEE_EVERY_SESSION,
            _C.SEE_MEETINGS,
            _C.SEE_MEETING_NOTES,
            _C.SEE_INSPECTION,
            _C.SEE_LETTERS,
            _C.SEE_TEAM_ROOMS,
            _C.SEE_SELF_EVALUATION,
            _C.RAISE_CONCERN,
            _C.NAME_TEAM_MEMBER,
            _C.END_TEAM_MEMBER,
            _C.CHANGE_LAST_DAY,
            _C.HAND_OVER_OFFICE,
            _C.NAME_STAND_IN,
            _C.NAME_ADDRESSEES,
            _C.INVITE_PERSON,
            _C.INVITE_TO_TEAM,
            _C.MAKE_JOINING_CODE,
            _C.ADD_SHARED_INBOX,
            _C.COMPLETE_STEP,
            _C.ISSUE_DRAFT,
            _C.SEE_LOG,
            _C.SEE_CORRESPONDENCE,
            _C.RECORD_CORRESPONDENCE,
            _C.RESET_SECOND_FACTOR,
            _C.RECORD_LEAVE,
            _C.SEE_WHO_IS_FREE,
        }
    ),
    Role.INSPECTION_COORDINATOR: frozenset(
        _PARTNERSHIP_SEES
        | _CONFIRMS
        | {
            _C.SEE_MEETINGS,
            _C.SEE_LETTERS,
            _C.SEE_CORRESPONDENCE,
            _C.INVITE_PERSON,
            _C.MAKE_JOINING_CODE,
            _C.ADD_SHARED_INBOX,
            _C.ANSWER_SELF_EVALUATION,
            _C.END_TEAM_MEMBER,
            _C.CHANGE_LAST_DAY,
            _C.HAND_OVER_OFFICE,
            _C.NAME_STAND_IN,
            _C.GIVE_PARTS,
            _C.SEE_WHOLE_DRAFT,
            _C.SUBMIT_SELF_EVALUATION,
            _C.SEE_SHARED_EVALUATIONS,
            _C.SEE_DRAFT,
            _C.COMMENT_ON_DRAFT,
        }
    ),
    Role.PARTICIPATION_COORDINATOR: frozenset(
        _PARTNERSHIP_SEES
        | {_C.SEE_MEETINGS, _C.SEE_LETTERS, _C.SEE_WHOLE_DRAFT, _C.SEE_SHARED_EVALUATIONS}
    ),
    Role.CHIEF_OFFICER: frozenset(
        _PARTNERSHIP_SEES
        | {_C.SEE_MEETINGS, _C.SEE_LETTERS, _C.SEE_SHARED_EVALUATIONS, _C.SEE_DRAFT}
    ),
    Role.CONTRIBUTOR: frozenset(_PARTNERSHIP_SEES | {_C.ANSWER_SELF_EVALUATION}),
    Role.LOCAL_READER: frozenset({_C.SEE_INSPECTION, _C.RAISE_CONCERN}),
    Role.CONCERNS_LEAD: frozenset(
        {
            _C.SEE_INSPECTION,
            _C.SEE_REFERRED_CONCERNS,
            _C.ACKNOWLEDGE_CONCERN,
            _C.CLOSE_CONCERN,
        }
    ),
}

# Signing in (docs/adr/0007). Whoever reads evidence, evaluations, letters or drafts, or plans and runs the work, gives a
# second proof besides the password: a passkey, or a code from an app.
_SECOND_FACTOR = (PROGRAMME_ROLES | TEAM_ROLES) - {Role.YOUNG_INSPECTION_VOLUNTEER}
SECOND_FACTOR: frozenset[Role] = _SECOND_FACTOR | {
    Role.INSPECTION_COORDINATOR,
    Role.PARTICIPATION_COORDINATOR,
    Role.CHIEF_OFFICER,
    Role.CONCERNS_LEAD,
}
WITHOUT_SECOND_FACTOR: dict[Role, str] = {
    Role.YOUNG_INSPECTION_VOLUNTEER: "Sees the timetable, their own part, and the concerns that they raised themselves.",
    Role.CONTRIBUTOR: "Writes the part of one agency, often in one afternoon; the co-ordinator sends it in.",
    Role.LOCAL_READER: "Has one week, and reads records beside an inspector; sees the concerns that they raised themselves.",
}

# Who joined by a code that was read out has not shown yet that they read the letters that go to their address. Their part opens
# nothing before that, or before somebody else confirms that they know them (docs/adr/0012); but these, so that nobody loses their
# first day: they write or read their own part, and see nothing that others wrote before all of it is sent in.
OPENS_UNPROVED: frozenset[Role] = PARTNERSHIP_ROLES - SECOND_FACTOR

# Deeds that cannot be taken back, or that let others read or do what they could not: who does one has proved lately who they are.
# Holding back what is kept is not among them: it harms nothing, and may be urgent. Letting it go again is.
FRESH_SIGN_IN: frozenset[Capability] = frozenset(
    {
        _C.SUBMIT_SELF_EVALUATION,
        _C.SEAL_EVALUATION,
        _C.SHARE_EVALUATIONS,
        _C.CONFIRM_MEETING_RECORD,
        _C.DECIDE_CONCERN,
        _C.ISSUE_DRAFT,
        _C.SCHEDULE_PUBLICATION,
        _C.CONFIRM_JOINED,
        _C.NAME_TEAM_MEMBER,
        _C.HAND_OVER_OFFICE,
        _C.NAME_STAND_IN,
        _C.MAKE_JOINING_CODE,
        _C.RESET_SECOND_FACTOR,
        _C.INVITE_OFFICE_HOLDER,
        _C.GIVE_OFFICE,
        _C.CLOSE_ACCOUNT,
        _C.LIFT_LEGAL_HOLD,
        _C.APPROVE_DISPOSAL,
        _C.MAKE_SUBJECT_ACCESS_PACK,
        _C.SET_AGENCY_SIGN_IN,
        _C.REMOVE_AGENCY_SIGN_IN,
    }
)


def roles_granting(*capabilities: Capability) -> frozenset[Role]:
    """The roles that grant any of these."""
    return frozenset(role for role in Role if GRANTS[role] & set(capabilities))


def granted(capability: Capability, roles: Iterable[Role]) -> bool:
    """Whether any of these roles grants it."""
    return any(capability in GRANTS[role] for role in roles)


@dataclass(frozen=True, slots=True)
class Compartment:
    """Fields that somebody who sees the inspection does not see yet, or never: which, from whom, and until when."""

    key: str
    what: str
    fields: tuple[str, ...]
    hidden_from: frozenset[Role]
    but_not_from: str
    until: str


_ALL = frozenset(Role)


def _without(*capabilities: Capability) -> frozenset[Role]:
    return frozenset(Role) - roles_granting(*capabilities)


# Field-level, beside the rooms that a capability opens or closes. Each has its proof in tests/house/compartments.py.
COMPARTMENTS: tuple[Compartment, ...] = (
    Compartment(
        "partnership_draft",
        "What the partnership writes in its self-evaluation, and the files of its return",
        ("evaluations.Answer.text", "evaluations.EvidenceLink.document"),
        TEAM_ROLES | PROGRAMME_ROLES,
        "the partnership, which writes it",
        "the inspection co-ordinator sends it in",
    ),
    Compartment(
        "sealed_evaluation",
        "One inspector's own level, and why",
        ("evaluations.SealedEvaluation.level", "evaluations.SealedEvaluation.rationale"),
        _ALL,
        "the inspector who writes it",
        "everybody in the circle of evaluators has sealed theirs; from the partnership always",
    ),
    Compartment(
        "team_evaluation",
        "The level that the team proposes, and why",
        ("evaluations.Evaluation.proposed_level", "evaluations.Evaluation.rationale"),
        _without(_C.SEE_EVALUATIONS),
        "the team, the service manager and the panel",
        "the lead shares the provisional evaluations, and then from all but co-ordinators and chief officers",
    ),
    Compartment(
        "evidence",
        "The evidence of the team, and where each item comes from",
        ("evaluations.EvidenceItem.text", "evaluations.EvidenceItem.activity"),
        _without(_C.SEE_EVIDENCE),
        "the team that inspects, the service manager and the panel",
        "never: what was published stands in the report",
    ),
    Compartment(
        "declared_interest",
        "What somebody of the team declared as a conflict of interest, and what they keep away from",
        ("inspections.Declaration.words", "inspections.Declaration.terms"),
        _without(_C.DECIDE_INTEREST),
        "the person themself, and those who decide on it",
        "never",
    ),
    Compartment(
        "concern",
        "What was seen or said in a concern, whom it is about and where, what was added, why it was decided so, and the local case",
        (
            "concerns.Concern.words",
            "concerns.Concern.who",
            "concerns.Concern.place",
            "concerns.Concern.case_reference",
            "concerns.ConcernNote.words",
            "concerns.ConcernDecision.reason",
        ),
        _ALL,
        "whoever raised it, the inspection lead, the depute and the service manager",
        "the inspection lead refers it, and then from all but the partnership's lead for concerns",
    ),
    Compartment(
        "meeting_notes",
        "The team's own notes of a meeting with the partnership",
        ("meetings.MeetingNotes.text",),
        _without(_C.SEE_MEETING_NOTES),
        "the inspectors, the associate assessors, the support officer and the service manager",
        "never",
    ),
    Compartment(
        "meeting_record",
        "The record of a meeting while it is written",
        ("meetings.AgendaItem.record",),
        _ALL - TEAM_ROLES - {Role.SERVICE_MANAGER},
        "the team and the service manager",
        "both sides are asked to confirm it, and then from all but the partnership's co-ordinators and chief officers",
    ),
    Compartment(
        "session_of_the_team",
        "Sessions on site that the partnership is not shown, and who of the team takes part in any",
        (
            "onsite.Session.title",
            "onsite.SessionPart.person",
        ),
        _without(_C.SEE_EVERY_SESSION),
        "the team and the service manager; a young inspection volunteer those in which they take part",
        "it is marked for the partnership, and then from all but its co-ordinators, chief officers and contributors",
    ),
    Compartment(
        "report_text",
        "The words of the report",
        ("reports.Section.text", "reports.QuestionNarrative.text", "reports.Point.text"),
        _without(_C.SEE_REPORT),
        "the inspectors, the service manager and the panel",
        "the draft is issued to the co-ordinator and the chief officers; to others when the report is published",
    ),
    Compartment(
        "embargoed_report",
        "The report as it will be published",
        ("reports.Edition.html", "reports.Edition.document"),
        _without(_C.SEE_REPORT, _C.SEE_DRAFT),
        "the inspectors, the service manager, the panel, the co-ordinator and the chief officers",
        "its hour of publication, when everybody may read it, signed in or not",
    ),
)
