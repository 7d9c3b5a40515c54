"""The addresses of this app, all below one inspection."""

from __future__ import annotations

from django.urls import path

from concerns.views import concerns, moves

app_name = "concerns"

BASE = "inspections/<str:reference>/concerns"

urlpatterns = [
    path(f"{BASE}/", concerns.concerns, name="concerns"),
    path(f"{BASE}/raise/", concerns.raise_concern, name="raise-concern"),
    path(f"{BASE}/<int:number>/", concerns.concern, name="concern"),
    path(f"{BASE}/<int:number>/add/", concerns.add_to_concern, name="add-to-concern"),
    path(f"{BASE}/<int:number>/decide/", moves.decide_concern, name="decide-concern"),
    path(f"{BASE}/<int:number>/confirm/", moves.acknowledge_concern, name="acknowledge-concern"),
    path(f"{BASE}/<int:number>/close/", moves.close_concern, name="close-concern"),
]
