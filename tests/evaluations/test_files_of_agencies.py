"""Two agencies may each send a file of one name; neither replaces, nor learns of, the other's."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from evaluations import queries
from evaluations.actions.self_evaluation import link_evidence
from evaluations.models import Question
from tests.client import StrictClient
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)

NAME = "Waiting times.txt"
HEALTH, POLICE, CORRECTED = b"Of health.", b"Of the police.", b"Of health, corrected."


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.CLAMAV_ADDRESS = ""


def send(client: StrictClient, world: World, key: str, content: bytes) -> str:
    """What the person is told of their file of that name."""
    client.as_(world.people[key])
    place = [queries.FILES_OF_SELF_EVALUATION, world.inspection.reference]
    answer = client.post(
        reverse("documents:upload-documents", args=place),
        {"files": SimpleUploadedFile(NAME, content)},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200, answer.content
    words: str = answer.json()["kept"][0]["words"]
    return words


def files(world: World) -> list[tuple[str, int, bytes]]:
    """Every current file of that name: whose, in which version, with which bytes."""
    stands = queries.self_evaluation_stands(world.inspection)
    found = [one for one in stands.files if one.name == NAME]
    return [(str(one.agency), one.version, content(one)) for one in found]


def content(document: Document) -> bytes:
    with document.file.open("rb") as stream:
        kept: bytes = stream.read()
    return kept


def agency(world: World, key: str) -> str:
    return str(world.people[key].agency)


def test_a_file_of_another_agency_is_neither_replaced_nor_told_of(
    world: World, client: StrictClient
) -> None:
    first = send(client, world, "health_contributor", HEALTH)
    assert send(client, world, "police_contributor", POLICE) == first
    health, police = agency(world, "health_contributor"), agency(world, "police_contributor")
    assert files(world) == [(health, 1, HEALTH), (police, 1, POLICE)]
    assert "version 2" in send(client, world, "health_contributor", CORRECTED)
    assert files(world) == [(police, 1, POLICE), (health, 2, CORRECTED)]


def test_the_same_bytes_of_another_agency_are_a_file_of_ones_own(
    world: World, client: StrictClient
) -> None:
    first = send(client, world, "health_contributor", HEALTH)
    assert send(client, world, "police_contributor", HEALTH) == first
    assert {one.agency for one in Document.objects.filter(name=NAME)} == {
        world.people["health_contributor"].agency,
        world.people["police_contributor"].agency,
    }


def test_the_manifest_names_both_with_their_agencies(world: World, client: StrictClient) -> None:
    send(client, world, "health_contributor", HEALTH)
    send(client, world, "police_contributor", POLICE)
    lines = queries.manifest_of(queries.self_evaluation_stands(world.inspection))
    found = {line.title: line.sha256 for line in lines if line.title.startswith(NAME)}
    assert found == {
        f"{NAME}, {agency(world, key)}": hashlib.sha256(content).hexdigest()
        for key, content in {"health_contributor": HEALTH, "police_contributor": POLICE}.items()
    }


def test_a_link_to_one_agencys_file_is_none_to_anothers(world: World, client: StrictClient) -> None:
    for key, content in {"health_contributor": HEALTH, "police_contributor": POLICE}.items():
        send(client, world, key, content)
    health, police = Document.objects.filter(name=NAME).order_by("pk")
    question = Question.objects.get(number=2)

    def link(*documents: Document) -> int:
        by, at = world.people["coordinator"], timezone.now()
        return len(
            link_evidence(world.inspection, question=question, documents=documents, by=by, at=at)
        )

    assert link(health) == 1
    stands = queries.self_evaluation_stands(world.inspection)
    assert police in stands.unlinked_files
    assert health not in stands.unlinked_files
    assert link(health, police) == 1


def test_the_room_says_whose_each_file_is(world: World, client: StrictClient) -> None:
    send(client, world, "health_contributor", HEALTH)
    send(client, world, "police_contributor", POLICE)
    client.as_(world.people["coordinator"])
    room = reverse("evaluations:self-evaluation", args=[world.inspection.reference])
    page = client.get(room).content.decode()
    for key in ("health_contributor", "police_contributor"):
        assert f", {agency(world, key)}. Not linked to any answer yet." in page


def test_what_another_agencys_file_replaced_before_stands_again(
    world: World, client: StrictClient
) -> None:
    send(client, world, "health_contributor", HEALTH)
    send(client, world, "police_contributor", POLICE)
    send(client, world, "health_contributor", CORRECTED)
    mine, theirs, corrected = Document.objects.filter(name=NAME).order_by("pk")
    Document.objects.update(supersedes=None)  # as it was before agencies were kept
    Document.objects.filter(pk=corrected.pk).update(version=3, supersedes=theirs)
    Document.objects.filter(pk=theirs.pk).update(version=2, supersedes=mine)
    Document.objects.update(agency=None)

    migration = import_module("documents.migrations.0003_documents_have_their_agency")
    migration.give_agencies(apps, None)

    health, police = agency(world, "health_contributor"), agency(world, "police_contributor")
    assert files(world) == [(police, 2, POLICE), (health, 3, CORRECTED)]
    corrected.refresh_from_db()
    assert corrected.supersedes == mine
