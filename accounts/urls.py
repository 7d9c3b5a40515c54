from django.urls import path

from accounts.views import agencies, details, lost_device, second_factor, sessions, signing_in

app_name = "accounts"

urlpatterns = [
    path("account/details/", details.edit_details, name="edit-details"),
    path("account/2fa/", signing_in.signing_in, name="signing-in"),  # in place of allauth's index
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path("account/lost-device/", lost_device.reset_second_factor, name="reset-second-factor"),
    path("account/agency/", agencies.agencies, name="agencies"),
    # In place of allauth's page, which asks the database twice for each session.
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end-others/", sessions.end_other_sessions, name="end-other-sessions"),
    path("account/sessions/<int:session>/end/", sessions.end_session, name="end-session"),
]
