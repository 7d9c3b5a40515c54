"""The written pages: fresh where they come from the code, and no link that leads nowhere."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT, files
from workspace import docs
from workspace.docs.rules import every_rule

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|txt|md|csv))`")
# Drawn by a browser test, which a machine without a browser cannot run.
DRAWN = {"docs/pictures/overview.png"}


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_page_that_is_written_from_the_code_is_fresh(name: str) -> None:
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == docs.PAGES[name](), f"Run `manage.py write_docs`: docs/{name} is stale."


def _pages() -> list[str]:
    written = [path for path in files(".md") if "node_modules" not in path.parts]
    return [str(path.relative_to(ROOT)) for path in written]


@pytest.mark.parametrize("name", _pages())
def test_no_link_leads_nowhere(name: str) -> None:
    page = ROOT / name
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            found = (page.parent / target).resolve()
            assert found.exists() or str(found.relative_to(ROOT)) in DRAWN, (
                f"{name} links to {target}."
            )


@pytest.mark.parametrize(
    "name", ["README.md", "DEVELOPERS.md", "docs/architecture.md", "docs/operations.md"]
)
def test_every_file_that_a_page_names_is_there(name: str) -> None:
    named = FILE.findall((ROOT / name).read_text())
    missing = [
        file
        for file in named
        if not (ROOT / file).exists() and not (ROOT / "templates" / file).exists()
    ]
    assert not missing, f"{name} names {', '.join(missing)}."


def test_the_readme_says_the_two_commands_on_its_first_screen() -> None:
    first = "\n".join((ROOT / "README.md").read_text().splitlines()[:40])
    assert "./run\n" in first
    assert "./run test\n" in first


def test_every_variable_of_the_environment_is_explained() -> None:
    read = re.compile(r"""env\.\w+\(\s*["']([A-Z_0-9]+)["']""")
    variables = {
        name for path in files(".py", under="config") for name in read.findall(path.read_text())
    }
    page = (ROOT / "docs" / "operations.md").read_text()
    example = (ROOT / ".env.example").read_text()
    assert {name for name in variables if f"`{name}`" not in page} == set()
    assert {name for name in variables if name not in example} - {
        "EXAMPLE_SIGN_INS",
        "SUPPORT_EMAIL",
    } == set()


def test_every_rule_says_what_it_is_about() -> None:
    mute = [f"{rule.module}: {rule.name}" for rule in every_rule() if not rule.says.endswith(".")]
    assert not mute
