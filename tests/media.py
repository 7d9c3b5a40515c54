"""A storage of one test's own: what it destroys, no other test misses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from documents.models import Document


def move_in(settings: Any, folder: Path) -> None:
    """Carry every file of the story into this folder and keep files there from now on."""
    for document in Document.objects.all():
        with default_storage.open(document.file.name) as file:
            content = file.read()
        target = folder / document.file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    settings.MEDIA_ROOT = str(folder)
