from django.urls import path

from accounts.views import (
    agencies,
    agency_sign_ins,
    details,
    lost_device,
    offices,
    people,
    second_factor,
    sessions,
    signing_in,
    still_you,
    told,
)

app_name = "accounts"

urlpatterns = [
    path("account/details/", details.edit_details, name="edit-details"),
    path("account/letters/", told.choose_letters, name="choose-letters"),
    path("told/", told.told, name="told"),
    path("told/<int:letter>/", told.told_letter, name="told-letter"),
    path("account/2fa/", signing_in.signing_in, name="signing-in"),  # in place of allauth's index
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path("account/still-you/", still_you.still_you, name="still-you"),
    path("account/lost-device/", lost_device.reset_second_factor, name="reset-second-factor"),
    path("account/agency/", agency_sign_ins.agency_sign_ins, name="agency-sign-ins"),
    # In place of allauth's page, which asks the database twice for each session.
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end-others/", sessions.end_other_sessions, name="end-other-sessions"),
    path("account/sessions/<int:session>/end/", sessions.end_session, name="end-session"),
    path("people/", people.people, name="people"),
    path("people/invite/", offices.invite_office_holder, name="invite-office-holder"),
    path(
        "people/invitations/<int:invitation>/resend/",
        offices.resend_office_invitation,
        name="resend-office-invitation",
    ),
    path(
        "people/invitations/<int:invitation>/withdraw/",
        offices.withdraw_office_invitation,
        name="withdraw-office-invitation",
    ),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/give-office/", offices.give_office, name="give-office"),
    path("people/<int:person>/offices/<int:office>/end/", offices.end_office, name="end-office"),
    path("people/<int:person>/move/", people.move_person, name="move-person"),
    path("people/<int:person>/close/", people.close_account, name="close-account"),
    path("people/<int:person>/reopen/", people.reopen_account, name="reopen-account"),
    path("office/<str:secret>/", offices.accept_office_invitation, name="accept-office-invitation"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.add_agency, name="add-agency"),
    path("agencies/<int:agency>/", agencies.agency, name="agency"),
    path("agencies/<int:agency>/rename/", agencies.rename_agency, name="rename-agency"),
    path(
        "agencies/<int:agency>/sign-in/",
        agencies.set_agency_sign_in,
        name="set-agency-sign-in",
    ),
    path(
        "agencies/<int:agency>/sign-in/remove/",
        agencies.remove_agency_sign_in,
        name="remove-agency-sign-in",
    ),
]
