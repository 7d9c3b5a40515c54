"""The drawer and its people, an empty disk, and files as they arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from documents import holders
from documents.arrivals import Arrival
from documents.holders import Place
from tests.documents.drawer import drawer

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    holders.register("tests.drawer", drawer())
    yield
    holders.forget("tests.drawer")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """An empty disk for every test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.CLAMAV_ADDRESS = ""
    return tmp_path / "media"


@pytest.fixture
def place() -> Place:
    return Place("tests.drawer", "7")


def _person(name: str, designation: str) -> User:
    return User.objects.create(
        email=f"{name.lower()}@glenmarrow.example", name=name, designation=designation, password="!"
    )


@pytest.fixture
def morag(db) -> User:
    return _person("Morag", "Inspection co-ordinator")


@pytest.fixture
def iain(db) -> User:
    return _person("Iain", "Strategic inspector")


@pytest.fixture
def stranger(db) -> User:
    return _person("Sorley", "Co-ordinator of another area")


@pytest.fixture
def arrive(media):
    """A file as the upload handler hands it on."""
    made = []

    def _arrive(name: str, content: bytes) -> Arrival:
        arrival = Arrival.from_bytes(content, name=name)
        made.append(arrival)
        return arrival

    yield _arrive
    for arrival in made:
        arrival.close()


@pytest.fixture
def sent():
    """A file as a browser sends it."""
    return lambda name, content: SimpleUploadedFile(name, content)


def stored(media: Path) -> list[str]:
    """Every file on the disk, half-written ones too."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def bytes_of(document) -> bytes:
    """What is stored of the document."""
    with document.file.open("rb") as file:
        return file.read()
