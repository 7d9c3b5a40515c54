"""The moments that tests begin at share one storage: none of them misses what the jobs of another cleared away."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from documents.models import Document
from tests import snapshots
from workspace.example.world import World


@pytest.mark.at_week(14)
def test_a_moment_laid_out_again_has_its_files(world: World) -> None:
    path = Document.objects.values_list("file", flat=True)[0]
    with default_storage.open(path) as file:
        before = file.read()
    rows = snapshots.take()
    default_storage.delete(path)
    snapshots.lay_out(rows)
    with default_storage.open(path) as file:
        assert file.read() == before
