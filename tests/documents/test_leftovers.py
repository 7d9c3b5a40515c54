"""What killed processes leave is cleared, and nothing else."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from core import jobs
from documents import arrivals
from documents.actions import documents as actions
from documents.models import Document
from tests.documents.conftest import AT, stored

pytestmark = pytest.mark.django_db


def age(path, at) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_half_written_files_go_after_an_hour_untouched(media):
    old, fresh = arrivals.folder() / "old.part", arrivals.folder() / "fresh.part"
    for path, minutes in ((old, 61), (fresh, 59)):
        path.write_bytes(b"half")
        age(path, AT - timedelta(minutes=minutes))
    assert actions.clear_leftovers(at=AT) == 1
    assert stored(media) == ["arriving/fresh.part"]


def test_rows_that_never_became_visible_go_with_their_bytes(place, morag, arrive, media):
    kept = actions.upload_documents(place, files=[arrive("kept.txt", b"k")], by=morag, at=AT).kept[
        0
    ]
    file = arrive("lost.txt", b"lost")
    lost = actions._begin(place, file, by=morag, at=AT, key="k")
    actions._move(lost, file)
    assert actions.clear_leftovers(at=AT + timedelta(minutes=59)) == 0
    assert actions.clear_leftovers(at=AT + timedelta(minutes=61)) == 1
    assert list(Document.objects.all()) == [kept]
    assert stored(media) == [kept.file.name]


def test_bytes_that_no_row_names_go_after_a_day(place, morag, arrive, media):
    kept = actions.upload_documents(place, files=[arrive("kept.txt", b"k")], by=morag, at=AT).kept[
        0
    ]
    unknown = media / "documents" / "ab" / ("ab" * 16)
    unknown.parent.mkdir(parents=True, exist_ok=True)
    unknown.write_bytes(b"a letter whose deed was undone")
    for path in (unknown, media / kept.file.name):
        age(path, AT)
    assert actions.clear_leftovers(at=AT + timedelta(hours=23)) == 0
    assert actions.clear_leftovers(at=AT + timedelta(hours=25)) == 1
    assert stored(media) == [kept.file.name]


def test_the_clock_clears_by_itself(media):
    half = arrivals.folder() / "half.part"
    half.write_bytes(b"half")
    age(half, AT)
    jobs.run_due()
    assert stored(media) == []
