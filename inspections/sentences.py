"""The events of this app, as sentences. No name of a child, no text of evidence."""

SENTENCES = {
    "inspections.inspection_planned": "{by} planned a joint inspection of {area}.",
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
    "inspections.school_holidays_imported": "{by} brought in {weeks} for {area}.",
    "inspections.school_holiday_week_added": "{by} added the school-holiday week of {monday} for {area}.",
    "inspections.school_holiday_week_removed": "{by} removed the school-holiday week of {monday} for {area}.",
    "inspections.reminder_sent": "A reminder of “{title}” went to {people}.",
    "inspections.overdue_notice_sent": "Notice that “{title}” is overdue went to {people}.",
}
