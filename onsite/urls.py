from django.urls import path

from onsite.views import planning, rooms, sessions

app_name = "onsite"

HERE = "inspections/<str:reference>/onsite/"
ONE = f"{HERE}sessions/<int:session>/"

urlpatterns = [
    path(HERE, sessions.sessions, name="sessions"),
    path(f"{HERE}my-day/", sessions.my_day, name="my-day"),
    path(f"{HERE}sessions.csv", sessions.sessions_csv, name="sessions-csv"),
    path(f"{HERE}plan/", planning.plan_session, name="plan-session"),
    path(ONE, sessions.session, name="session"),
    path(f"{ONE}change/", planning.change_session, name="change-session"),
    path(f"{ONE}cancel/", planning.cancel_session, name="cancel-session"),
    path(f"{HERE}rooms/", rooms.rooms, name="rooms"),
    path(f"{HERE}rooms/add/", rooms.add_room, name="add-room"),
    path(f"{HERE}rooms/<int:room>/change/", rooms.change_room, name="change-room"),
]
