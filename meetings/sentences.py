"""What this app's events say. Never a word of a record, a note or a point of an agenda."""

SENTENCES = {
    "meetings.meeting_prepared": "{by} prepared {meeting}: {when}{cleared}.",
    "meetings.agenda_set": "{by} set the agenda of {meeting}, {points}.",
    "meetings.attendance_recorded": "{by} recorded who was at {meeting}{cleared}.",
    "meetings.meeting_record_written": "{by} wrote version {version} of the record of {meeting}{cleared}.",
    "meetings.meeting_notes_written": "{by} wrote the team's notes of {meeting}.",
    "meetings.meeting_record_proposed": "{by} asked both sides to confirm the record of {meeting}.",
    "meetings.meeting_record_confirmed": "{by} confirmed version {version} of the record of {meeting} for the {side}{settled}.",
    "meetings.decision_added": "{by} added a decision of {meeting} for {person}{cleared}.",
    "meetings.decision_changed": "{by} corrected a decision of {meeting}, which is for {person}{cleared}.",
    "meetings.decision_withdrawn": "{by} withdrew a decision of {meeting}{cleared}.",
    "meetings.decision_completed": "{by} marked a decision of {meeting} as done.",
    "meetings.difference_kept": "{by} kept on record what the {side} sees differently about {meeting}{cleared}.",
    "meetings.difference_withdrawn": "{by} withdrew what the {side} saw differently about {meeting}{cleared}.",
    "meetings.meeting_read": "{by} read {part}.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "meetings.meeting_prepared": "change to when or where a meeting is,changes to when or where meetings are",
    "meetings.agenda_set": "change to an agenda,changes to agendas",
    "meetings.attendance_recorded": "change to who was at a meeting,changes to who was at meetings",
    "meetings.meeting_record_written": "change to the record of a meeting,changes to records of meetings",
    "meetings.meeting_notes_written": "change to the team's notes of a meeting,changes to the team's notes of meetings",
    "meetings.decision_added": "decision of a meeting added,decisions of meetings added",
    "meetings.decision_changed": "decision of a meeting corrected,decisions of meetings corrected",
    "meetings.decision_withdrawn": "decision of a meeting withdrawn,decisions of meetings withdrawn",
    "meetings.decision_completed": "decision of a meeting done,decisions of meetings done",
    "meetings.difference_kept": "difference about a meeting kept,differences about meetings kept",
    "meetings.difference_withdrawn": "difference about a meeting withdrawn,differences about meetings withdrawn",
    "meetings.meeting_read": "reading of a meeting,readings of meetings",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "meetings.meeting_prepared": "Time and place of a meeting were set",
    "meetings.agenda_set": "The agenda of a meeting was set",
    "meetings.attendance_recorded": "Who was at a meeting was recorded",
    "meetings.meeting_record_written": "The record of a meeting was written",
    "meetings.meeting_notes_written": "The team's notes of a meeting were written",
    "meetings.meeting_record_proposed": "Both sides were asked to confirm a record",
    "meetings.meeting_record_confirmed": "The record of a meeting was confirmed",
    "meetings.decision_added": "A decision of a meeting was added",
    "meetings.decision_changed": "A decision of a meeting was corrected",
    "meetings.decision_withdrawn": "A decision of a meeting was withdrawn",
    "meetings.decision_completed": "A decision of a meeting was done",
    "meetings.difference_kept": "What one side sees differently was kept",
    "meetings.difference_withdrawn": "What one side saw differently was withdrawn",
    "meetings.meeting_read": "What is kept of a meeting was read",
}
