"""A full disk: each file gets a sentence, nothing of it stays, and what fits is kept."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document
from tests.documents.conftest import stored

pytestmark = pytest.mark.django_db
URL = "/documents/to/tests.drawer/7/upload/"
SENTENCE = (
    "“big.txt” could not be stored: the system&#x27;s disk is full. Nothing is wrong with your "
    "file. "
    "Tell the support officer, and add it again later."
)


@pytest.fixture
def small_disk(settings, tmp_path) -> Iterator[Path]:
    """A real disk of one mebibyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
            check=False,
            capture_output=True,
        ).returncode
    )
    if not mounted:
        pytest.skip("Only root may mount a small disk.")
    settings.MEDIA_ROOT = str(disk)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def two_files() -> dict[str, list[SimpleUploadedFile]]:
    return {
        "files": [
            SimpleUploadedFile("big.txt", b"x" * 1_500_000),
            SimpleUploadedFile("n.txt", b"n"),
        ]
    }


def test_a_file_that_does_not_fit_is_refused_and_the_next_is_kept(client, morag, small_disk):
    client.force_login(morag)
    page = client.post(URL, two_files()).content.decode()
    assert SENTENCE in page
    assert stored(small_disk) == [Document.objects.get(name="n.txt").file.name]


def test_our_script_hears_of_a_full_disk_and_nothing_stays(client, morag, small_disk):
    client.force_login(morag)
    big = SimpleUploadedFile("big.txt", b"x" * 1_500_000)
    sent = {"files": big, "key": "k"}
    response = client.post(URL, sent, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["kept"]) == (200, [])
    assert "the system's disk is full" in response.json()["refused"][0]["sentence"]
    assert stored(small_disk) == []
    assert not Document.objects.exists()
    again = {"files": SimpleUploadedFile("big.txt", b"x" * 500_000), "key": "k"}
    assert client.post(URL, again, headers={"accept": "application/json"}).json()["kept"]
    assert stored(small_disk) == [Document.objects.get().file.name]


class FullStorage(FileSystemStorage):
    """A store that takes half-written files and then has no room for whole ones larger than a
    megabyte.
    """

    def _save(self, name, content):
        if content.size > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super()._save(name, content)


def test_a_store_without_room_leaves_no_row_and_no_file(client, morag, settings, media, caplog):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FullStorage"}}
    client.force_login(morag)
    page = client.post(URL, two_files()).content.decode()
    assert SENTENCE in page
    assert stored(media) == [Document.objects.get().file.name]
    assert "could not be stored" in caplog.text
