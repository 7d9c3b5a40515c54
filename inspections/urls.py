from django.urls import path

from inspections.views import (
    agencies,
    areas,
    correspondence,
    declarations,
    feeds,
    free,
    invitations,
    joined,
    joining_codes,
    leave,
    log,
    notification,
    offices,
    phases,
    planning,
    replanning,
    shared_inboxes,
    steps,
    team,
    timetable,
    versions,
)

app_name = "inspections"

urlpatterns = [
    path("areas/", areas.areas, name="areas"),
    path("areas/<str:code>/", areas.area, name="area"),
    path(
        "areas/<str:code>/import-school-holidays/",
        areas.import_school_holidays,
        name="import-school-holidays",
    ),
    path(
        "areas/<str:code>/weeks/add/",
        areas.add_school_holiday_week,
        name="add-school-holiday-week",
    ),
    path(
        "areas/<str:code>/weeks/<int:week>/remove/",
        areas.remove_school_holiday_week,
        name="remove-school-holiday-week",
    ),
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/subscribe/", feeds.make_feed, name="make-feed"),
    path("calendars/<int:feed>/take-back/", feeds.revoke_feed, name="revoke-feed"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
    path("who-is-free/", free.who_is_free, name="who-is-free"),
    path("leave/<int:person>/", leave.leave, name="leave"),
    path("leave/<int:person>/record/", leave.record_leave, name="record-leave"),
    path("leave/<int:person>/<int:leave>/change/", leave.change_leave, name="change-leave"),
    path("leave/<int:person>/<int:leave>/remove/", leave.remove_leave, name="remove-leave"),
    path(
        "agencies/<int:agency>/areas/",
        agencies.change_areas_of_agency,
        name="change-areas-of-agency",
    ),
    path("inspections/plan/", planning.plan_inspection, name="plan-inspection"),
    path("inspections/<str:reference>/change-plan/", planning.change_plan, name="change-plan"),
    path(
        "inspections/<str:reference>/withdraw-plan/", planning.withdraw_plan, name="withdraw-plan"
    ),
    path("inspections/<str:reference>/timetable/", timetable.timetable, name="timetable"),
    path(
        "inspections/<str:reference>/timetable.ics", timetable.timetable_ics, name="timetable-ics"
    ),
    path(
        "inspections/<str:reference>/timetable.csv", timetable.timetable_csv, name="timetable-csv"
    ),
    path("inspections/<str:reference>/steps/<slug:key>/", steps.step, name="step"),
    path(
        "inspections/<str:reference>/steps/<slug:key>/complete/",
        steps.complete_step,
        name="complete-step",
    ),
    path(
        "inspections/<str:reference>/steps/<slug:key>/move/",
        replanning.move_step,
        name="move-step",
    ),
    path(
        "inspections/<str:reference>/timetable/days-without-work/",
        replanning.close_days,
        name="close-days",
    ),
    path(
        "inspections/<str:reference>/timetable/week-without-a-number/",
        replanning.add_week,
        name="add-week",
    ),
    path(
        "inspections/<str:reference>/timetable/pre-election-period/",
        replanning.add_election,
        name="add-election",
    ),
    path(
        "inspections/<str:reference>/timetable/versions/",
        versions.timetable_versions,
        name="timetable-versions",
    ),
    path(
        "inspections/<str:reference>/timetable/versions/<int:number>/",
        versions.timetable_version,
        name="timetable-version",
    ),
    path("inspections/<str:reference>/team/", team.team, name="team"),
    path("inspections/<str:reference>/team/name/", team.name_team_member, name="name-team-member"),
    path(
        "inspections/<str:reference>/team/declare/",
        declarations.declare_interest,
        name="declare-interest",
    ),
    path(
        "inspections/<str:reference>/team/declarations/",
        declarations.declarations,
        name="declarations",
    ),
    path(
        "inspections/<str:reference>/team/declarations/<int:declaration>/decide/",
        declarations.decide_interest,
        name="decide-interest",
    ),
    path(
        "inspections/<str:reference>/team/proof/",
        joined.address_proof,
        name="address-proof",
    ),
    path(
        "inspections/<str:reference>/team/<int:membership>/confirm/",
        joined.confirm_joined,
        name="confirm-joined",
    ),
    path(
        "inspections/<str:reference>/team/<int:membership>/end/",
        team.end_team_member,
        name="end-team-member",
    ),
    path(
        "inspections/<str:reference>/team/<int:membership>/last-day/",
        team.change_last_day,
        name="change-last-day",
    ),
    path(
        "inspections/<str:reference>/team/<int:membership>/hand-over/",
        offices.hand_over_office,
        name="hand-over-office",
    ),
    path(
        "inspections/<str:reference>/team/<int:membership>/stand-in/",
        offices.name_stand_in,
        name="name-stand-in",
    ),
    path(
        "inspections/<str:reference>/team/stand-ins/<int:stand_in>/end/",
        offices.end_stand_in,
        name="end-stand-in",
    ),
    path(
        "inspections/<str:reference>/team/inboxes/add/",
        shared_inboxes.add_shared_inbox,
        name="add-shared-inbox",
    ),
    path(
        "inspections/<str:reference>/team/inboxes/<int:inbox>/remove/",
        shared_inboxes.remove_shared_inbox,
        name="remove-shared-inbox",
    ),
    path("inspections/<str:reference>/invite/", invitations.invite_person, name="invite-person"),
    path(
        "inspections/<str:reference>/invitations/<int:invitation>/resend/",
        invitations.resend_invitation,
        name="resend-invitation",
    ),
    path(
        "inspections/<str:reference>/invitations/<int:invitation>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path(
        "inspections/<str:reference>/invitations/<int:invitation>/code/",
        joining_codes.make_joining_code,
        name="make-joining-code",
    ),
    path("join/", joining_codes.join_by_code, name="join-by-code"),
    path("join/<str:secret>/", invitations.accept_invitation, name="accept-invitation"),
    path(
        "inspections/<str:reference>/addressees/",
        notification.name_addressees,
        name="name-addressees",
    ),
    path(
        "inspections/<str:reference>/notify/",
        notification.notify_partnership,
        name="notify-partnership",
    ),
    path("inspections/<str:reference>/letters/", notification.letters, name="letters"),
    path(
        "inspections/<str:reference>/open-next-phase/",
        phases.open_next_phase,
        name="open-next-phase",
    ),
    path(
        "inspections/<str:reference>/correspondence/",
        correspondence.correspondence,
        name="correspondence",
    ),
    path(
        "inspections/<str:reference>/correspondence/record/",
        correspondence.record_correspondence,
        name="record-correspondence",
    ),
    path(
        "inspections/<str:reference>/correspondence/<int:entry>/correct/",
        correspondence.correct_correspondence,
        name="correct-correspondence",
    ),
    path("inspections/<str:reference>/log/", log.log, name="log"),
    path("inspections/<str:reference>/log/readings/", log.readings, name="readings"),
]
