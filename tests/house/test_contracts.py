"""Who may import whom, and nothing in the tree that an inhabitant did not plan."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from django.apps import apps

from tests.house.source import APPS, DOMAIN, ROOT


def test_the_import_contracts_hold() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_contracts_speak_of_every_app() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(settings["root_packages"]) == {*APPS, "config"}
    rooms = next(one for one in settings["contracts"] if one["id"] == "rooms")
    assert set(rooms["containers"]) == set(DOMAIN)
    assert rooms["exhaustive"] is True


def test_every_app_of_ours_is_installed() -> None:
    ours = [config.name for config in apps.get_app_configs() if config.name in APPS]
    assert ours == list(APPS), "In the order in which they may know each other."
