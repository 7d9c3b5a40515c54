"""What must not stand anywhere in the tree, and what must."""

from __future__ import annotations

import json
import re
from importlib.metadata import distributions
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from core.retention import answers
from tests.house.source import ROOT, files

PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+\s+# \S.*")
PROJECT = [
    "README.md",
    "DEVELOPERS.md",
    "CHANGELOG.md",
    "LICENSE",
    "run",
    "Makefile",
    "manage.py",
    ".env.example",
]
# Built so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "tmp/[a-z]/", "/" + "Users/"])
)
REGISTRY = re.compile(
    "|".join(
        [
            "files." + "pythonhosted",
            "pypi." + "org",
            "registry.npm" + "js",
            "index" + "-url",
            "artifact" + "ory",
        ]
    )
)
TEXTS = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".toml",
    ".json",
    ".css",
    ".js",
    ".sh",
    ".yml",
    ".csv",
    ".lock",
    ".example",
    "",
}


def _texts() -> list[tuple[str, str]]:
    """Every text file of the tree; what is not text is passed over."""
    found = []
    for path in files():
        if path.suffix in TEXTS:
            try:
                found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue
    return found


@pytest.mark.parametrize("name", PROJECT)
def test_the_project_has_its_papers(name: str) -> None:
    assert (ROOT / name).exists()


def test_no_path_of_a_machine_in_the_tree() -> None:
    found = [f"{name}: {hit[0]}" for name, text in _texts() if (hit := MACHINE.search(text))]
    assert not found, "\n".join(found)


def test_no_address_of_a_registry_in_the_tree() -> None:
    found = [f"{name}: {hit[0]}" for name, text in _texts() if (hit := REGISTRY.search(text))]
    assert not found, "\n".join(found)


def test_the_lock_of_the_browser_side_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_its_reason(name: str) -> None:
    lines = [
        line
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-r "))
    ]
    assert lines
    loose = [line for line in lines if not PINNED.fullmatch(line)]
    assert not loose, loose


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_every_requirement_as_it_is_pinned(name: str) -> None:
    lock = (ROOT / f"{name}.lock").read_text().lower()
    for line in (ROOT / f"{name}.txt").read_text().splitlines():
        if "==" in line:
            package, version = line.split()[0].lower().split("==")
            package = (
                re.escape(package.partition("[")[0]).replace("_", "[-_]").replace("\\-", "[-_]")
            )
            assert re.search(
                rf"^{package}(\[[^]]*\])?=={re.escape(version)}\b", lock, re.MULTILINE
            ), line


def _locked(name: str) -> dict[str, set[str]]:
    """The packages that a lock names, each with the extras it is locked with."""
    lines = re.findall(r"^([\w.-]+)(?:\[([^]]*)\])?==", (ROOT / f"{name}.lock").read_text(), re.M)
    return {
        canonicalize_name(package): set(filter(None, extras.split(",")))
        for package, extras in lines
    }


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_names_every_extra_that_a_package_asks_for(name: str) -> None:
    """Older pips take `coverage[toml]` from the newest release, and then refuse it, unless the lock pins it so."""
    locked = _locked(name)
    loose = []
    for distribution in distributions():
        own = locked.get(canonicalize_name(distribution.metadata["Name"]))
        if own is None:
            continue
        for requirement in map(Requirement, distribution.requires or []):
            asked = requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in own | {""}
            )
            if asked and requirement.extras - locked.get(
                canonicalize_name(requirement.name), set()
            ):
                loose.append(f"{distribution.metadata['Name']} asks for {requirement}")
    assert not loose, loose


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_field_says_of_what_kind_it_is_and_how_long_it_is_kept() -> None:
    open_questions = [
        one for one in answers(apps.get_models(include_auto_created=True)) if isinstance(one, str)
    ]
    assert not open_questions, "\n".join(open_questions)
