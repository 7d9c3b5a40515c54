"""Every address of the product. Each app keeps its own; sign-in is allauth's."""

from allauth import urls as allauth
from django.urls import include, path

from accounts.views.whole import whole
from core.web import missing, refused

handler403 = refused
handler404 = missing

urlpatterns = [
    path("", include("accounts.urls")),
    path("account/", include(whole(allauth.urlpatterns))),
    path("", include("inspections.urls")),
    path("", include("workspace.urls")),
    path("", include("documents.urls")),
    path("", include("concerns.urls")),
    path("", include("meetings.urls")),
    path("", include("onsite.urls")),
    path("", include("evaluations.urls")),
    path("", include("reports.urls")),
    path("", include("retention.urls")),
]
