"""kill -9 of the web server in the middle of an upload: nothing lost, nothing twice, nothing half
there.
"""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.documents.trial import URL, Site, until

pytestmark = pytest.mark.slow
CONTENT = b"A line of evidence that is long enough to be told apart.\n" * 150_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A database with its tables and Morag's sign-in, which each trial copies."""
    return Site(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def site(prepared: Site, tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, workers=2, like=prepared)
    made.start()
    yield made
    made.kill()


def whole(site: Site, key: str) -> str:
    """Send the file; the address of the document."""
    answer = site.send("evidence.txt", lambda: iter([CONTENT]), len(CONTENT), key=key)
    assert answer["refused"] == []
    return str(answer["kept"][0]["url"])


def nothing_arrives(site: Site) -> None:
    """The server drops its working file once the answer is out, so a moment after we have it."""
    until(lambda: site.stored("arriving") == [], seconds=30)


def test_killed_in_the_middle_nothing_shows_and_the_second_try_makes_exactly_one(site):
    with site.begin("evidence.txt", CONTENT, key="k1", sent=len(CONTENT) // 2):
        until(lambda: sum(f.stat().st_size for f in site.stored("arriving")) > 10**6, seconds=30)
        site.kill()
    assert site.rows() == []
    assert site.stored("documents") == []
    half = site.stored("arriving")
    assert len(half) == 1

    site.start()
    assert "No documents yet." in site.get(URL)[1]
    assert whole(site, "k1") == whole(site, "k1")
    ((state, sha256, path),) = site.rows()
    assert (state, sha256) == ("available", SHA256)
    assert hashlib.sha256((site.media / path).read_bytes()).hexdigest() == SHA256

    hours_ago = time.time() - 2 * 3600
    os.utime(half[0], (hours_ago, hours_ago))
    site.manage("run_jobs")
    assert site.stored("arriving") == []
    assert len(site.stored("documents")) == 1


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_a_line_that_breaks_leaves_no_half_file(site, how):
    with site.begin("evidence.txt", CONTENT, key="k3", sent=len(CONTENT) // 2) as line:
        until(lambda: sum(f.stat().st_size for f in site.stored("arriving")) > 10**6, seconds=30)
        if how == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    nothing_arrives(site)
    assert site.rows() == []
    assert site.stored("documents") == []


def test_four_tries_at_the_same_moment_make_exactly_one(site):
    with ThreadPoolExecutor(4) as people:
        urls = set(people.map(lambda _: whole(site, "k2"), range(4)))
    assert len(urls) == 1
    assert [state for state, _, _ in site.rows()] == ["available"]
    assert len(site.stored("documents")) == 1
    nothing_arrives(site)


def test_four_files_of_one_name_at_the_same_moment_are_four_versions(site):
    def send(number: int) -> list[dict[str, str]]:
        content = b"Evidence of number %d.\n" % number
        return site.send("n.txt", lambda: iter([content]), len(content), key=f"k{number}")["kept"]

    with ThreadPoolExecutor(4) as people:
        kept = [words for answer in people.map(send, range(4)) for words in answer]
    versions = [f"Added{end}" for end in ("", *(f" as version {n}" for n in (2, 3, 4)))]
    assert sorted(one["words"] for one in kept) == versions
    assert [state for state, _, _ in site.rows()] == ["available"] * 4
    assert len(site.stored("documents")) == 4
    nothing_arrives(site)
