"""Adding documents in a real browser: several files, a broken connection, drag and drop, and no script at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from documents import holders
from documents.models import Document
from tests.documents import files
from tests.documents.drawer import drawer
from workspace.example.world import World

pytestmark = pytest.mark.browser
URL = "/documents/to/tests.drawer/7/upload/"


@pytest.fixture(autouse=True)
def _drawer(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.CLAMAV_ADDRESS = ""
    holders.register("tests.drawer", drawer())
    yield
    holders.forget("tests.drawer")


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Callable[[User], None]) -> Page:
    """The page that takes documents, opened by somebody who may add them."""
    sign_in(User.objects.create(email="morag@glenmarrow.example", name="Morag", password="!"))
    page.goto(live_server.url + URL)
    return page


def chosen(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


def row(desk: Page, name: str) -> Any:
    return desk.locator("#upload-files li", has_text=name)


def test_several_files_go_one_by_one_and_each_says_what_became_of_it(desk: Page) -> None:
    desk.set_input_files(
        "#id_files",
        [chosen("plan.pdf", files.pdf()), chosen("empty.pdf", b""), chosen("n.txt", b"n")],
    )
    expect(desk.get_by_role("link", name="Continue")).to_have_count(0)
    expect(desk.locator("#upload-said")).to_have_text("3 files are ready. Press “Add the files”.")
    assert Axe().run(desk, options=WCAG).response["violations"] == []
    desk.get_by_role("button", name="Add the files").click()
    expect(desk.locator("#upload-said")).to_have_text(
        "2 files were added. 1 was not; the reason stands beside it."
    )
    expect(row(desk, "empty.pdf")).to_contain_text("“empty.pdf” is empty: it has no bytes.")
    expect(row(desk, "plan.pdf").get_by_role("link")).to_be_visible()
    expect(desk.get_by_role("link", name="Continue")).to_have_attribute("href", "/drawers/7/")
    assert sorted(Document.objects.values_list("name", flat=True)) == ["n.txt", "plan.pdf"]
    expect(desk.locator("#upload-there li")).to_have_count(2)
    assert Axe().run(desk, options=WCAG).response["violations"] == []


def test_a_connection_that_breaks_before_and_after_the_server_heard_it_makes_one_document(
    desk: Page,
) -> None:
    tries = []

    def break_twice(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(1)
        if len(tries) == 1:
            route.abort("connectionreset")
        elif len(tries) == 2:
            route.fetch()  # the server keeps the file, and its answer is lost
            route.abort("connectionreset")
        else:
            route.continue_()

    desk.route(f"**{URL}", break_twice)
    desk.set_input_files("#id_files", [chosen("n.txt", b"evidence")])
    desk.get_by_role("button", name="Add the files").click()
    expect(row(desk, "n.txt")).to_contain_text("Added", timeout=15_000)
    assert len(tries) == 3
    assert Document.objects.count() == 1


def test_somebody_signed_out_meanwhile_keeps_the_chosen_files(desk: Page, sign_in: Any) -> None:
    desk.set_input_files("#id_files", [chosen("n.txt", b"evidence")])
    desk.context.clear_cookies()
    desk.get_by_role("button", name="Add the files").click()
    expect(row(desk, "n.txt")).to_contain_text("You have been signed out.")
    sign_in(User.objects.get(email="morag@glenmarrow.example"))
    desk.get_by_role("button", name="Try again").click()
    expect(row(desk, "n.txt").get_by_role("link")).to_be_visible()
    assert Document.objects.count() == 1


def test_a_file_may_be_dropped_and_taken_off_again(desk: Page) -> None:
    drop = """box => {
        const data = new DataTransfer();
        data.items.add(new File(["n"], "dropped.txt"));
        data.items.add(new File(["m"], "other.txt"));
        box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    desk.locator("#id_files_question").evaluate(drop)
    desk.get_by_role("button", name="Take off: other.txt").click()
    expect(desk.locator("#upload-said")).to_have_text("“other.txt” was taken off the list.")
    desk.get_by_role("button", name="Add the files").click()
    expect(desk.locator("#upload-said")).to_have_text("1 file was added.")
    assert list(Document.objects.values_list("name", flat=True)) == ["dropped.txt"]


def test_without_a_script_the_form_does_it(desk: Page, live_server: Any) -> None:
    plain = desk.context.browser.new_context(java_script_enabled=False)
    plain.add_cookies(desk.context.cookies())
    page = plain.new_page()
    page.goto(live_server.url + URL)
    page.set_input_files("#id_files", [chosen("n.txt", b"n"), chosen("empty.pdf", b"")])
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("alert")).to_contain_text("“empty.pdf” is empty: it has no bytes.")
    expect(page.get_by_role("link", name="n.txt", exact=True)).to_be_visible()
    plain.close()


@pytest.mark.at_week(3)
def test_once_files_are_added_the_page_says_no_more_that_there_are_none_and_continue_is_the_button(
    page: Page, visit: Callable[..., Any], world: World
) -> None:
    path = reverse("evaluations:link-evidence", args=[world.inspection.reference, 2])
    visit("coordinator", path)
    none_yet = page.get_by_text("No files yet.")
    expect(none_yet).to_be_visible()
    page.set_input_files("#id_files", [chosen("plan.pdf", files.pdf())])
    page.get_by_role("button", name="Add the files").click()
    expect(page.locator("#upload-said")).to_have_text("1 file was added.")
    expect(none_yet).to_be_hidden()
    expect(page.locator(".app-buttons .ds_button:not(.ds_button--secondary)")).to_have_text(
        "Continue"
    )
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("checkbox", name="plan.pdf")).to_be_checked()
