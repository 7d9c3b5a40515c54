"""A web server of its own, with its own database and disk, that a trial may kill."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
URL = "/documents/to/tests.drawer/7/upload/"
TOKEN = "trial" * 6 + "ok"
BOUNDARY = "one-file-of-the-trial"
SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from accounts.models import User
morag = User.objects.create(email="morag@glenmarrow.example", name="Morag", password="!")
session = SessionStore()
session[SESSION_KEY] = str(morag.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = morag.get_session_auth_hash()
session.create()
print("session", session.session_key)
"""


class Site:
    """One server: `start`, `kill`, send to it, and look at its disk and database."""

    def __init__(self, folder: Path, *, workers: int = 1, like: Site | None = None) -> None:
        self.media = folder / "media"
        self.database = folder / "db.sqlite3"
        self.workers = workers
        self.log = folder / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.running: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": "of the trial",
            "VAR_DIR": str(folder),
            "MEDIA_ROOT": str(self.media),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "CACHE_URL": "locmemcache://",
            "CELERY_BROKER_URL": "memory://",
            "CLAMAV_ADDRESS": "",
        }
        if like is None:
            self.manage("migrate", "--verbosity", "0")
            said = self.manage("shell", "--no-imports", "-c", SIGN_IN)
            self.session = said.split("session ")[1].strip()
        else:
            shutil.copy(like.database, self.database)
            self.session = like.session

    def manage(self, *words: str) -> str:
        """What a command of the product prints."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert not done.returncode, done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "tests.documents.trial_wsgi",
            "--timeout",
            "120",
        ]
        command += ["--workers", str(self.workers), "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                command,
                env=self.environment,
                cwd=ROOT,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        until(lambda: self._answers(), seconds=60)

    def _answers(self) -> bool:
        assert self.running is not None
        assert self.running.poll() is None, self.log.read_text()
        try:
            return self.get(URL)[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """End the server and its workers as a power cut would. Only the group that `start` made."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait(20)
            self.running = None

    def headers(self, length: int) -> dict[str, str]:
        return {
            "Host": f"localhost:{self.port}",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(length),
        }

    def get(self, url: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", url, headers={**self.headers(0), "Accept": "text/html"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def send(
        self, name: str, blocks: Callable[[], Iterator[bytes]], size: int, *, key: str
    ) -> dict[str, Any]:
        """Send one file whole, as our script does; the answer."""
        head, tail = around(name, key)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

        def body() -> Iterator[bytes]:
            yield head
            yield from blocks()
            yield tail

        line.request("POST", URL, body=body(), headers=self.headers(len(head) + size + len(tail)))
        answer = line.getresponse()
        said = answer.read()
        assert answer.status == 200, (answer.status, said[:500])
        return dict(json.loads(said))

    def begin(self, name: str, content: bytes, *, key: str, sent: int) -> socket.socket:
        """Send the beginning of one file and keep the line open."""
        head, tail = around(name, key)
        lines = [
            f"{word}: {value}"
            for word, value in self.headers(len(head) + len(content) + len(tail)).items()
        ]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        line.sendall(
            "\r\n".join([f"POST {URL} HTTP/1.1", *lines, "", ""]).encode() + head + content[:sent]
        )
        return line

    def rows(self) -> list[tuple[str, str, str]]:
        """State, SHA-256 and path of every document, the unseen ones too."""
        with sqlite3.connect(self.database) as database:
            return list(database.execute("SELECT state, sha256, file FROM documents_document"))

    def stored(self, below: str) -> list[Path]:
        """Files on the disk in that folder."""
        return sorted(path for path in (self.media / below).rglob("*") if path.is_file())


def around(name: str, key: str) -> tuple[bytes, bytes]:
    """What stands before and after the bytes of a file in the body of a form."""
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    head = f'{part}"key"\r\n\r\n{key}\r\n{part}"files"; filename="{name}"\r\n\r\n'
    return head.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def until(condition: Callable[[], object], *, seconds: float) -> None:
    """Look again and again until it is so; fail when the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come to pass in time."
        time.sleep(0.02)
