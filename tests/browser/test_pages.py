"""Every kind of page at both widths: it answers, axe finds nothing, nothing runs over, the console is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import ConsoleMessage, Page

from accounts.models import AgencySignIn
from accounts.roles import Role
from tests.browser import axe
from tests.browser.table import MOMENTS, NOT_PAGES, Moment, Row, now, rows_of_all
from tests.media import move_in
from workspace.example.world import World

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
RUNS_OVER = """() => {
  const page = document.documentElement, wide = page.clientWidth;
  if (page.scrollWidth <= wide) return [];
  const clipped = node => {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  const over = [...document.body.querySelectorAll('*')].filter(
    node => node.getBoundingClientRect().right > wide + 1 && !clipped(node));
  return over.slice(-3).map(node => node.outerHTML.slice(0, 120)).concat([`${page.scrollWidth} px`]);
}"""
STOPS = (
    "main a[href], main button:enabled, main input:not([type=hidden]):enabled, main select:enabled, "
    "main textarea:enabled, main summary, main [tabindex='0']"
)
CASES = [
    pytest.param(moment, marks=pytest.mark.at_week(moment.week), id=moment.title)
    for moment in MOMENTS
]


@pytest.mark.slow
@pytest.mark.parametrize("moment", CASES)
def test_every_page(
    moment: Moment,
    page: Page,
    world: World,
    visit: Callable[..., Any],
    pytestconfig: pytest.Config,
    settings: Any,
    tmp_path: Path,
) -> None:
    move_in(settings, tmp_path)  # one of the moments destroys what it has
    shots = pytestconfig.getoption("--shots")
    said: list[str] = []
    page.on("console", lambda message: said.extend(_words(message)))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    faults: list[str] = []
    for number, row in enumerate(moment.rows):
        if not isinstance(row, Row):
            row(world, now())
            continue
        said.clear()
        name = (
            Path(shots) / f"{moment.week:02d}-{number:02d}-{row.name.split(':')[-1]}-{row.who}"
            if shots
            else None
        )
        found = list(_faults(page, row, visit, world, said, name))
        faults += [f"{row} ({page.url}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.at_week(0)
def test_the_page_before_everything_for_whoever_has_no_second_proof(
    page: Page,
    world: World,
    visit: Callable[..., Any],
    pytestconfig: pytest.Config,
    settings: Any,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    world.people["other_lead"].offices.create(role=Role.SERVICE_MANAGER)
    shots = pytestconfig.getoption("--shots")
    shot = Path(shots) / "00-second-factor" if shots else None
    row = Row("accounts:second-factor", "other_lead")
    assert list(_faults(page, row, visit, world, [], shot)) == []


@pytest.mark.slow
@pytest.mark.at_week(0)
@pytest.mark.parametrize("by_agency", [True, False])
def test_the_page_that_asks_whoever_has_no_password_whether_it_is_still_them(
    page: Page,
    world: World,
    visit: Callable[..., Any],
    pytestconfig: pytest.Config,
    settings: Any,
    by_agency: bool,
) -> None:
    person = world.people["other_lead"]
    if by_agency:
        settings.AGENCY_SIGN_IN_SECRETS = {"key": ("https://id.example", "a secret")}
        AgencySignIn.objects.create(
            agency=person.agency,
            key="key",
            server_url="https://id.example",
            client_id="ji",
            domains=person.email.partition("@")[2],
        )
    person.set_unusable_password()
    person.save()
    shots = pytestconfig.getoption("--shots")
    shot = Path(shots) / f"00-still-you-{by_agency}" if shots else None
    row = Row("accounts:still-you", "other_lead")
    assert list(_faults(page, row, visit, world, [], shot)) == []


def _words(message: ConsoleMessage) -> list[str]:
    """What the console says, but for the browser's hints to developers."""
    return [] if message.type == "verbose" else [f"console {message.type}: {message.text}"]


def _faults(
    page: Page,
    row: Row,
    visit: Callable[..., Any],
    world: World,
    said: list[str],
    shot: Path | None,
) -> Iterator[str]:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    response = visit(row.who, row.path(world))
    if response.status != row.status:
        yield f"status {response.status}, not {row.status}: {page.inner_text('main')[:200]}"
        return
    if not response.url.endswith(row.path(world)):
        yield f"went to {response.url}"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} h1"
    axe.bring(page)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        yield from (f"{size['width']} px: {fault}" for fault in axe.violations(page))
        if over := page.evaluate(RUNS_OVER):
            yield f"{size['width']} px: runs over sideways: {over}"
        if shot:
            page.screenshot(path=f"{shot}-{size['width']}.png", full_page=True)
    yield from _keyboard(page)
    yield from (line for line in said if row.status == 200 or "Failed to load resource" not in line)


def _keyboard(page: Page) -> Iterator[str]:
    """The first stop leads to the content, and the next stop lies in it. A summary of faults is stood on at once."""
    if page.evaluate("document.activeElement.closest('main') !== null"):
        return
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#main-content":
        yield "the first stop is not the way to the main content"
        return
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    stops = page.locator(STOPS).count()
    if stops and not page.evaluate("document.activeElement.closest('main') !== null"):
        yield "after the way to the main content the next stop is not in it"


OURS = (
    "workspace",
    "inspections",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "documents",
    "accounts",
)


def _readable(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _readable(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern) and "GET" in getattr(entry.callback, "page_methods", ()):
            yield f"{space}:{entry.name}" if space else str(entry.name)


def test_every_address_that_can_be_read_is_in_the_table() -> None:
    opened = {row.name for row in rows_of_all() if row.status == 200}
    readable = {name for name in _readable() if name.split(":")[0] in OURS}
    assert readable - opened - NOT_PAGES.keys() == set(), (
        "Give each a row in tests/browser/table.py."
    )
    assert NOT_PAGES.keys() - readable == set(), "These are no addresses any more."
