"""`./run` says in a sentence what it cannot do, and what is not well once it runs."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from config.settings.environment import BASE_DIR


def run_with(var: Path, **variables: str) -> str:
    """What `./run` says when it is started so; it must end by itself, and not with a traceback."""
    done = subprocess.run(
        [sys.executable, str(BASE_DIR / "run")],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    return done.stdout.strip()


@pytest.mark.parametrize("port", ["abc", "70000", "0", "-1", "8000.5", "²"])
def test_run_with_a_port_that_is_none_says_so(tmp_path: Path, port: str) -> None:
    sentence = run_with(tmp_path, PORT=port)
    assert sentence == (f"PORT is “{port}”, which is no port: set it to a number from 1 to 65535.")


def test_check_of_a_name_that_is_no_check_says_which_there_are() -> None:
    done = subprocess.run(
        [sys.executable, str(BASE_DIR / "run"), "check", "formt"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("`formt` is no check: they are format, lint,")


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "2001:db8::1", "a" * 70])
def test_run_with_a_host_that_is_not_of_this_machine_says_so_once(
    tmp_path: Path, host: str
) -> None:
    sentence = run_with(tmp_path, HOST=host)
    assert sentence.startswith(f"HOST is “{host}”, which is no address of this machine:")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", [".", "logs", "clock", "broker"])
def test_run_where_a_folder_is_a_file_says_which(tmp_path: Path, name: str) -> None:
    path = (tmp_path / "var" / name).resolve()
    path.parent.mkdir(exist_ok=True)
    path.touch()
    sentence = run_with(tmp_path / "var")
    assert sentence.startswith(f"{path} must be a folder that can be written to (it is a file):")


def test_run_in_a_folder_that_cannot_be_written_to_says_so(script: ModuleType) -> None:
    script.VAR = Path("/proc/nobody-writes-here")
    with pytest.raises(SystemExit) as stopped:
        script.folders()
    assert str(stopped.value).startswith(f"{script.VAR} must be a folder that can be written to (")


def test_free_port_passes_over_one_that_is_taken(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = script.free_port("127.0.0.1", port)
    assert port < found < port + 50
    assert f"Port {port} is taken: trying {port + 1}." in capsys.readouterr().out


def test_a_blank_variable_is_not_set(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", " ")
    assert script.variable("DATABASE_URL", "the default") == "the default"


def test_web_has_no_control_socket_outside_var(script: ModuleType) -> None:
    assert "--no-control-socket" in script.commands("127.0.0.1", 8000)["web"]


class Answer(BaseHTTPRequestHandler):
    """Answers as told."""

    told: ClassVar[tuple[int, bytes]] = (200, b"{}")

    def do_GET(self) -> None:
        """One answer."""
        self.send_response(self.told[0])
        self.end_headers()
        self.wfile.write(self.told[1])

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/healthz"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ((200, b"{}"), ""),
        (
            (503, b'{"well": false, "jobs_waiting": 3, "oldest_waiting_seconds": 1260}'),
            "3 jobs wait, the oldest for 21 minutes; ",
        ),
        (
            (503, b'{"well": false, "jobs_waiting": 1, "oldest_waiting_seconds": 1260}'),
            "1 job waits, the oldest for 21 minutes; ",
        ),
        ((500, b"<h1>Server Error</h1>"), "healthz answers 500; "),
        ((502, b"[]"), "healthz answers 502; "),
    ],
)
def test_trouble_is_what_healthz_says(
    script: ModuleType, address: str, told: tuple[int, bytes], sentence: str
) -> None:
    Answer.told = told
    found = script.trouble(address)
    assert sentence in found
    assert bool(found) == bool(sentence)


def test_trouble_is_unknown_while_nobody_answers(script: ModuleType) -> None:
    assert script.trouble(f"http://127.0.0.1:{script.unused_port()}/healthz") is None
