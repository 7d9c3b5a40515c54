from django.urls import path

from meetings.views import decisions, differences, meetings, preparation, record

app_name = "meetings"

HERE = "inspections/<str:reference>/meetings/"
ONE = f"{HERE}<slug:key>/"

urlpatterns = [
    path(HERE, meetings.meetings, name="meetings"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}screen/", meetings.meeting_mode, name="meeting-mode"),
    path(f"{ONE}prepare/", preparation.prepare_meeting, name="prepare-meeting"),
    path(f"{ONE}agenda/", preparation.set_agenda, name="set-agenda"),
    path(f"{ONE}attendance/", record.record_attendance, name="record-attendance"),
    path(f"{ONE}record/", record.meeting_record, name="meeting-record"),
    path(f"{ONE}record/versions/", record.meeting_record_versions, name="meeting-record-versions"),
    path(f"{ONE}record/write/", record.write_meeting_record, name="write-meeting-record"),
    path(f"{ONE}record/propose/", record.propose_meeting_record, name="propose-meeting-record"),
    path(f"{ONE}record/confirm/", record.confirm_meeting_record, name="confirm-meeting-record"),
    path(f"{ONE}notes/", record.write_meeting_notes, name="write-meeting-notes"),
    path(f"{ONE}decisions/add/", decisions.add_decision, name="add-decision"),
    path(
        f"{ONE}decisions/<int:decision>/change/",
        decisions.change_decision,
        name="change-decision",
    ),
    path(
        f"{ONE}decisions/<int:decision>/withdraw/",
        decisions.withdraw_decision,
        name="withdraw-decision",
    ),
    path(
        f"{ONE}decisions/<int:decision>/complete/",
        decisions.complete_decision,
        name="complete-decision",
    ),
    path(f"{ONE}differences/keep/", differences.keep_difference, name="keep-difference"),
    path(
        f"{ONE}differences/<int:difference>/withdraw/",
        differences.withdraw_difference,
        name="withdraw-difference",
    ),
]
