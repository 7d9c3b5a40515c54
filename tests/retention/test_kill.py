"""`kill -9` in the middle of destroying, for real: the list of an inspection a year after its end, and the product's own worker.

The clock of the worker is set to the year of disposal; files are files on a disk, and the certificate is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils.html import strip_tags

from audit.models import Event
from audit.record import broken_links
from core.disposal import disposals
from core.models import Job, JobState
from core.pdf import render_pdf
from documents.models import Document
from inspections.enums import StepState
from reports.models import Edition, YoungPeoplesVersion
from retention import exports, queries
from retention.actions import disposal
from retention.enums import DisposalState
from retention.models import DisposalItem, DisposalList
from tests.core.test_kill import Trial
from tests.core.trial.storage import BEFORE_WAITING
from tests.jobs import run_jobs
from tests.media import move_in
from tests.retention import places
from workspace.example.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.at_week(36),
]


@pytest.fixture
def trial(tmp_path: Path, transactional_db: None, world: World, settings: Any) -> Iterator[Trial]:
    """Files of this test's own, everything that the story left to the worker done, and a worker that is not started yet."""
    media = tmp_path / "media"
    move_in(settings, media)
    run_jobs(places.due_day(world) - timedelta(days=1))
    held = Trial(tmp_path)
    held.environment |= {
        "TRIAL_MEDIA": str(media),
        "TRIAL_NOW": places.due_day(world).isoformat(),
    }
    yield held
    held.kill()


def _spared(found: DisposalList, world: World) -> tuple[DisposalItem, str]:
    """One file of the list that a person takes off, and where it lies."""
    item = found.items.filter(kind="documents.document").order_by("pk")[0]
    disposal.spare_item(
        item,
        look_again_on=places.due_day(world).date() + timedelta(days=90),
        reason="A complaint runs.",
        by=world.people["service_manager"],
        at=places.due_day(world),
    )
    return item, str(Document.objects.get(pk=item.row_id).file.name)


def _certificate(found: DisposalList) -> str:
    """The words of the certificate, once it is certain that the stored PDF was drawn of them and nothing else."""
    assert found.document
    page = exports.certificate_page(found)
    with default_storage.open(str(found.document.file.name)) as file:
        assert file.read() == render_pdf(page, css_files=[exports.CERTIFICATE_CSS])
    return " ".join(unescape(strip_tags(page.replace("<", " <"))).split())


def test_disposal_that_is_killed_in_the_middle_ends_with_every_effect_once_and_its_certificate(
    world: World, trial: Trial
) -> None:
    found = places.proposed(world)
    spared, its_file = _spared(found, world)
    going = dict(found.items.going().exclude(sha256="").values_list("row_id", "sha256"))
    assert len(going) > BEFORE_WAITING
    paths = {
        str(path) for path in Document.objects.filter(pk__in=going).values_list("file", flat=True)
    }
    assert all(default_storage.exists(path) for path in paths)
    places.approve(found, world)

    trial.start()
    trial.until(lambda: sum(trial.started().values()) >= BEFORE_WAITING, seconds=60)
    trial.kill()
    taken = trial.started()
    assert sum(not default_storage.exists(path) for path in paths) == BEFORE_WAITING
    # The rows of those files are there still, and say that the work is not done.
    assert Document.objects.filter(pk__in=going).count() == len(going)
    assert found.items.filter(disposed_at__isnull=False).exists()
    assert not Event.objects.filter(name="retention.disposal_finished").exists()

    trial.let_go()
    trial.start()
    trial.until(
        lambda: DisposalList.objects.filter(pk=found.pk, document__isnull=False).exists(),
        seconds=90,
    )
    trial.kill()
    _is_all_done(found, spared, going, world)

    diary = trial.started()
    once = {line: many for line, many in diary.items() if not line.startswith("gone before")}
    assert once == {f"gone {path}": 1 for path in paths}
    assert set(taken) <= set(once)
    published = set(
        Edition.objects.filter(document__isnull=False).values_list("document__file", flat=True)
    ) | set(YoungPeoplesVersion.objects.values_list("document__file", flat=True))
    found.refresh_from_db()
    assert found.document
    assert set(places.files()) == published | {its_file, str(found.document.file.name)}


def _is_all_done(
    found: DisposalList, spared: DisposalItem, going: dict[str, str], world: World
) -> None:
    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED
    assert not found.items.going().filter(disposed_at__isnull=True).exists()
    left = {how.kind: how.of(world.inspection.reference).count() for how in disposals()}
    assert {kind: many for kind, many in left.items() if many} == {"documents.document": 1}
    assert Document.objects.filter(pk=spared.row_id).exists()

    for name, many in (("proposed", 1), ("approved", 1), ("finished", 1)):
        events = Event.objects.filter(
            name=f"retention.disposal_{name}", inspection_reference=world.inspection.reference
        )
        assert events.count() == many, name
    assert world.inspection.steps.get(key="disposal_due").state == StepState.DONE
    assert Job.objects.get(name="retention.dispose", key=str(found.pk)).state == JobState.DONE
    assert list(broken_links()) == []
    call_command("verify_audit", verbosity=0)

    words = _certificate(found)
    assert f"Certificate of destruction {found.reference}" in words
    assert str(world.people["service_manager"]) in words
    assert f"event {found.anchor_number}, {found.anchor_hash[:16]}" in words
    assert "A complaint runs." in words
    assert all(sha256 in words for sha256 in going.values())
    assert spared.sha256 not in words
    for line in queries.lines_of(found):
        assert f"{line.kind_words} {line.going}" in words
