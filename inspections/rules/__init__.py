"""What phase, calendar and completeness allow, one file a noun. Every sentence here is what the user reads."""

from inspections.rules.areas import may_add_school_holiday_week
from inspections.rules.clashes import (
    Clash,
    clashes_of_leave,
    clashes_of_move,
    clashes_of_naming,
    clashes_of_plan,
    clashes_of_team,
    clashes_of_teams,
)
from inspections.rules.composition import checklist, lead_and_support_named, team_complete
from inspections.rules.inspection import (
    action_plan_received,
    is_open_day_of,
    may_begin_on,
    may_leave,
    may_open_next_phase,
    may_publish_inspection,
)
from inspections.rules.invitations import (
    may_accept_invitation,
    may_invite_person,
    may_resend_invitation,
    may_withdraw_invitation,
)
from inspections.rules.joining_codes import may_join_by_code, may_make_joining_code
from inspections.rules.leave import (
    may_change_leave,
    may_keep_leave_of,
    may_record_leave,
    may_remove_leave,
)
from inspections.rules.moves import Break, breaks_of_move, may_move_step
from inspections.rules.notification import (
    addressees_stand_as_seen,
    contacts_for_the_letter,
    five_addressees_named,
    letters_can_be_drawn,
    may_name_addressees,
    may_notify_partnership,
    ministers_asked,
)
from inspections.rules.offices import (
    may_end_stand_in,
    may_hand_over_office,
    may_have_stand_in,
    may_leave_office,
    may_name_stand_in,
)
from inspections.rules.parts import (
    agency_leaves_parts,
    closing_leaves_leads,
    may_change_areas_of_agency,
    office_leaves_parts,
)
from inspections.rules.planning import (
    may_change_plan,
    may_plan_for,
    may_plan_inspection,
    may_withdraw_plan,
    ministers_have_decided,
)
from inspections.rules.shared_inboxes import (
    is_a_persons_address,
    looks_shared,
    may_add_shared_inbox,
    may_remove_shared_inbox,
)
from inspections.rules.steps import DONE_BY_DEED, may_complete_step, onsite_days_done
from inspections.rules.team import (
    concerns_lead_named,
    coordinator_joined,
    may_change_last_day,
    may_come_from,
    may_end_team_member,
    may_have_another_last_day,
    may_hold_role,
    may_last_until,
    may_name_team_member,
    participation_coordinator_joined,
)

__all__ = [
    "DONE_BY_DEED",
    "Break",
    "Clash",
    "action_plan_received",
    "addressees_stand_as_seen",
    "agency_leaves_parts",
    "breaks_of_move",
    "checklist",
    "clashes_of_leave",
    "clashes_of_move",
    "clashes_of_naming",
    "clashes_of_plan",
    "clashes_of_team",
    "clashes_of_teams",
    "closing_leaves_leads",
    "concerns_lead_named",
    "contacts_for_the_letter",
    "coordinator_joined",
    "five_addressees_named",
    "is_a_persons_address",
    "is_open_day_of",
    "lead_and_support_named",
    "letters_can_be_drawn",
    "looks_shared",
    "may_accept_invitation",
    "may_add_school_holiday_week",
    "may_add_shared_inbox",
    "may_begin_on",
    "may_change_areas_of_agency",
    "may_change_last_day",
    "may_change_leave",
    "may_change_plan",
    "may_come_from",
    "may_complete_step",
    "may_end_stand_in",
    "may_end_team_member",
    "may_hand_over_office",
    "may_have_another_last_day",
    "may_have_stand_in",
    "may_hold_role",
    "may_invite_person",
    "may_join_by_code",
    "may_keep_leave_of",
    "may_last_until",
    "may_leave",
    "may_leave_office",
    "may_make_joining_code",
    "may_move_step",
    "may_name_addressees",
    "may_name_stand_in",
    "may_name_team_member",
    "may_notify_partnership",
    "may_open_next_phase",
    "may_plan_for",
    "may_plan_inspection",
    "may_publish_inspection",
    "may_record_leave",
    "may_remove_leave",
    "may_remove_shared_inbox",
    "may_resend_invitation",
    "may_withdraw_invitation",
    "may_withdraw_plan",
    "ministers_asked",
    "ministers_have_decided",
    "office_leaves_parts",
    "onsite_days_done",
    "participation_coordinator_joined",
    "team_complete",
]
