"""An agency's server, started for the tests that need one."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """The address of an agency's sign-in: a process of its own, with the real time of day."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if str(port) in line:
                break
        yield f"http://localhost:{port}"
        process.terminate()
