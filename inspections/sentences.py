"""The events of this app, as sentences. No name of a child, no text of evidence."""

SENTENCES = {
    "inspections.inspection_planned": "{by} planned a joint inspection of {area}.",
    "inspections.plan_changed": "{by} changed the plan: {changes}.",
    "inspections.plan_withdrawn": "{by} withdrew the plan of {area}, because: “{reason}”.",
    "inspections.team_member_named": "{by} named {person} as {role}.",
    "inspections.team_member_ended": "{by} ended {person}'s part as {role}.",
    "inspections.addressees_named": "{by} named the addressees of the notification letter ({named} of 5).",
    "inspections.partnership_notified": "{by} notified the partnership of {area}.",
    "inspections.person_invited": "{by} invited {person} as {role}.",
    "inspections.invitation_resent": "{by} sent the invitation of {person} as {role} again.",
    "inspections.invitation_accepted": "{by} joined as {role}.",
    "inspections.step_completed": "{by} marked “{title}” as done.",
    "inspections.step_moved": "{by} moved “{title}” from {before} to {after}, because: “{reason}”.",
    "inspections.next_phase_opened": "{by} moved the inspection on: {state}.",
    "inspections.report_published": "Publication of the report moved the inspection on: {state}.",
    "inspections.steps_reckoned": "Publication on {on} moved what is reckoned from it: {steps}.",
    "inspections.school_holidays_imported": "{by} brought in {weeks} for {area}.",
    "inspections.school_holiday_week_added": "{by} added the school-holiday week of {monday} for {area}.",
    "inspections.school_holiday_week_removed": "{by} removed the school-holiday week of {monday} for {area}.",
    "inspections.reminder_sent": "A reminder of “{title}” went to {people}.",
    "inspections.overdue_notice_sent": "Notice that “{title}” is overdue went to {people}.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "inspections.team_member_named": "person named to the team,people named to the team",
    "inspections.team_member_ended": "part in the team ended,parts in the team ended",
    "inspections.addressees_named": "change to the addressees,changes to the addressees",
    "inspections.person_invited": "person invited,people invited",
    "inspections.invitation_resent": "invitation sent again,invitations sent again",
    "inspections.invitation_accepted": "person joined,people joined",
    "inspections.step_completed": "step marked as done,steps marked as done",
    "inspections.step_moved": "date moved,dates moved",
    "inspections.reminder_sent": "reminder sent,reminders sent",
    "inspections.overdue_notice_sent": "overdue notice sent,overdue notices sent",
}
