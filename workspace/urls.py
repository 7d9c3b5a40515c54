from django.urls import path

from workspace.views import gallery, home

app_name = "workspace"

urlpatterns = [
    path("", home.home, name="home"),
    path("programme/", home.programme, name="programme"),
    path("inspections/<str:reference>/", home.overview, name="overview"),
    path("gallery/", gallery.gallery, name="gallery"),
]
