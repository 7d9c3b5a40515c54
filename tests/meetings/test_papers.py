"""Papers of a meeting: added by whoever prepares it, read by both sides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document
from meetings import permissions
from meetings.models import Meeting
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

KEY = "emerging_themes"


@pytest.mark.at_week(14, weekday=1)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("support_officer", True),
        ("coordinator", False),
        ("inspector", False),
        ("programme_manager", False),
    ],
)
def test_can_add_papers(world: World, who: str, may: bool) -> None:
    assert bool(permissions.can_add_papers(world.people[who], the(world, KEY))) is may


@pytest.mark.at_week(14, weekday=1)
def test_papers_are_not_added_to_a_settled_meeting(world: World) -> None:
    settled = Meeting.objects.filter(state="settled").select_related("inspection", "step")[0]
    verdict = permissions.can_add_papers(world.people["lead"], settled)
    assert "so nothing of it changes any more" in verdict.sentence


@pytest.mark.at_week(14, weekday=1)
def test_a_paper_is_read_by_both_sides_and_by_nobody_else(
    world: World, client: StrictClient
) -> None:
    held = permissions.papers_of(the(world, KEY))
    url = reverse("documents:upload-documents", args=["meetings.papers", held])
    client.as_(world.people["lead"])
    assert "No papers so far." in said(client.get(at(world, "meeting", KEY)))
    sent = SimpleUploadedFile("Emerging themes.txt", b"What we have seen so far.")
    client.post(url, {"key": "a-key-of-this-test", "files": [sent]})
    paper = Document.objects.get(holder_type="meetings.papers")
    assert paper.inspection_reference == world.inspection.reference
    read = reverse("documents:document", args=[paper.public_id])
    for who in ("lead", "coordinator", "chief_officer"):
        client.as_(world.people[who])
        assert "Emerging themes.txt" in said(client.get(at(world, "meeting", KEY)))
        answer: Any = client.get(read)
        assert b"".join(answer.streaming_content) == b"What we have seen so far."
    for who in ("volunteer", "health_contributor", "other_lead"):
        assert client.as_(world.people[who]).get(read).status_code == 404
    for who, status in (("coordinator", 403), ("other_coordinator", 404)):
        assert client.as_(world.people[who]).post(url, {"key": "another"}).status_code == status
