from django.urls import path

from workspace.views import about, access, as_at, board, gallery, health, home

app_name = "workspace"

urlpatterns = [
    path("", home.home, name="home"),
    path("programme/", home.programme, name="programme"),
    path("programme/board/", board.board, name="board"),
    path("programme/board.csv", board.board_csv, name="board-csv"),
    path("inspections/<str:reference>/", home.overview, name="overview"),
    path("inspections/<str:reference>/as-at/", as_at.as_at, name="as-at"),
    path("access/", access.access, name="access"),
    path("access/table.csv", access.access_csv, name="access-csv"),
    path("access/<slug:role>/", access.access_of_role, name="access-of-role"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/method/", about.method, name="method"),
    path("about/help/", about.help, name="help"),
    path("report-a-problem/", about.report_problem, name="report-problem"),
    path("healthz", health.healthz, name="healthz"),
    path("gallery/", gallery.gallery, name="gallery"),
]
