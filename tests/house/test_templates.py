"""Templates: none missing, none unused, nothing inline."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.template.loader import get_template

from tests.house import addresses
from tests.house.source import APPS, ROOT, files, modules

TEMPLATES = ROOT / "templates"
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt))["']""")
INLINE = {
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a style sheet of its own": re.compile(r"<style\b"),
    "a script in a link": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx handler": re.compile(r"\shx-on"),
}
# Found by Django, allauth or crispy by their place, without being named in our code.
DJANGOS_OWN = "django/forms/"
# (fault, template): why it is right there.
EXCEPTIONS = {
    (
        "a style sheet of its own",
        "reports/print.html",
    ): "The bytes of this document alone make the PDF, so its style stands in it.",
}
FOUND_BY_PLACE = (
    "400.html",
    "429.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "account/",
    "mfa/",
    "socialaccount/",
    "sgds/",
)


def _ours() -> dict[str, str]:
    """Every template of ours by its name, with its text."""
    return {
        str(path.relative_to(TEMPLATES)): path.read_text()
        for path in files(".html", ".txt", under="templates")
    }


def _named() -> set[str]:
    """Every template that our code or another template names; letters by the short name that ``core.mail`` knows."""
    code = "".join(path.read_text() for app in APPS for path in modules(app))
    return set(NAMED.findall(code)) | {
        name for text in _ours().values() for name in NAMED.findall(text)
    }


def _emails(app: str) -> str:
    """What an app posts; there a letter may be named by its event alone."""
    return "".join(path.read_text() for path in modules(app, "emails"))


def test_every_template_that_is_named_exists() -> None:
    missing = [
        name
        for name in sorted(_named())
        if "/" in name and not (TEMPLATES / name).exists() and not _elsewhere(name)
    ]
    assert not missing, missing


def _elsewhere(name: str) -> bool:
    if name.startswith(DJANGOS_OWN):
        return True
    return any((ROOT / folder / name).exists() for folder in ("static", *APPS)) or any(
        (ROOT / config.path / "templates" / name).exists() for config in apps.get_app_configs()
    )


def test_the_journal_is_loaded_once_on_every_page() -> None:
    loading = [name for name, text in _ours().items() if "js/journal.js' %}" in text]
    assert loading == ["base.html"], "A second journal on a page would offer everything twice."


def test_no_template_is_unused() -> None:
    code = "".join(path.read_text() for app in APPS for path in modules(app))
    named = _named()

    def is_used(name: str) -> bool:
        if name in named or name.startswith(FOUND_BY_PLACE):
            return True
        if name.startswith("emails/"):
            short = name.removeprefix("emails/").removesuffix(".txt")
            app, _, event = short.partition("/")
            return f'"{short}"' in code or f'"{event}"' in _emails(app) or name == "emails/base.txt"
        if name.removesuffix(".html").replace("_", "-").replace("/", ":") in addresses.named():
            return True  # drawn by the view of that address, which may put its name together
        if name.startswith("reports/parts/"):
            return name.rpartition("/")[2] in "".join(_ours().values()) + code
        return False

    unused = [name for name in _ours() if not is_used(name)]
    assert not unused, unused


@pytest.mark.parametrize("fault", INLINE)
def test_nothing_inline(fault: str) -> None:
    found = [
        name
        for name, text in _ours().items()
        if INLINE[fault].search(text) and (fault, name) not in EXCEPTIONS
    ]
    assert not found, f"{fault}: {', '.join(found)}"


def test_every_template_compiles() -> None:
    for name in _ours():
        get_template(name)


def test_templates_ask_nothing_of_the_database() -> None:
    asking = re.compile(r"\.(objects|filter|exclude|order_by)\b")
    found = [
        name
        for name, text in _ours().items()
        if any(asking.search(tag) for tag in re.findall(r"\{[{%].*?[%}]\}", text))
    ]
    assert not found, found
