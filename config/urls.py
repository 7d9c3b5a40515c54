"""Every address of the product. Each app keeps its own; sign-in is allauth's."""

from django.urls import include, path

from core.web import refused

handler403 = refused

urlpatterns = [
    path("", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("inspections.urls")),
    path("", include("workspace.urls")),
    path("", include("documents.urls")),
    path("", include("evaluations.urls")),
    path("", include("reports.urls")),
]
