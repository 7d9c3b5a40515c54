"""Files posted to a page that does not ask for them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from core.web import SmallFiles


def test_a_page_keeps_two_mebibytes_of_all_files_together_in_memory() -> None:
    files = {
        f"file-{number}": SimpleUploadedFile(f"{number}.csv", b"x" * 1024 * 1024)
        for number in range(4)
    }

    request = RequestFactory().post("/", files)

    kept = sum(len(file.read()) for file in request.FILES.values())
    assert kept == SmallFiles.LIMIT
    assert [file.size for file in request.FILES.values()] == [1024 * 1024] * 4


@pytest.mark.django_db
def test_nothing_of_a_stranger_reaches_the_disk(client, settings, tmp_path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    client.post(
        "/account/login/", {"file": SimpleUploadedFile("large.bin", b"x" * 5 * 1024 * 1024)}
    )

    assert not list(tmp_path.iterdir())
