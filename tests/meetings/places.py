"""Addresses, forms and words that the tests of meetings share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from meetings.models import Meeting
from workspace.example.world import World


def at(world: World, name: str, key: str = "", **more: Any) -> str:
    """The address of a page of meetings."""
    given = {"reference": world.inspection.reference} | ({"key": key} if key else {}) | more
    return reverse(f"meetings:{name}", kwargs=given)


def the(world: World, key: str) -> Meeting:
    """A meeting of the story."""
    found = Meeting.objects.select_related("step", "inspection__area")
    return found.get(inspection=world.inspection, step__key=key)


def said(response: Any) -> str:
    """The words of a page, on one line."""
    return " ".join(response.content.decode().split())
