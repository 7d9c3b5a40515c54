"""Moments of the report, reached by the deeds of the story."""

from __future__ import annotations

from typing import Any

import pytest

from reports.models import Report


@pytest.fixture
def report(world: Any) -> Report:
    """The report as it stands at the world's moment."""
    return Report.objects.select_related("inspection__area").get(inspection=world.inspection)
