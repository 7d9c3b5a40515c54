"""A PDF that is shown is drawn by the browser's own reader, under a policy that allows it no style and no script."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Page

from accounts.models import User
from documents import holders
from documents.models import Document
from tests.documents.drawer import drawer

pytestmark = pytest.mark.browser
RED = (204, 0, 0)


@pytest.fixture(autouse=True)
def _drawer(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.CLAMAV_ADDRESS = ""
    holders.register("tests.drawer", drawer())
    yield
    holders.forget("tests.drawer")


def red_pdf() -> bytes:
    """One page, red all over."""
    made, out = pikepdf.new(), io.BytesIO()
    page = made.add_blank_page(page_size=(595, 842))
    page.contents_add(b"0.8 0 0 rg 0 0 595 842 re f")
    made.save(out)
    return out.getvalue()


def red_share(page: Page) -> float:
    """How much of what is seen is red."""
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize((64, 45), 0)
    return sum(seen.getpixel((x, y)) == RED for x in range(64) for y in range(45)) / (64 * 45)


def test_a_pdf_is_drawn_by_the_browsers_own_reader(
    page: Page, live_server: Any, sign_in: Callable[[User], None]
) -> None:
    sign_in(User.objects.create(email="morag@glenmarrow.example", name="Morag", password="!"))
    page.goto(f"{live_server.url}/documents/to/tests.drawer/7/upload/")
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": red_pdf()}
    page.set_input_files("#id_files", [plan])
    page.get_by_role("button", name="Add the files").click()
    page.get_by_role("link", name="Continue").wait_for()

    address = f"{live_server.url}/documents/{Document.objects.get().public_id}/?show=1"
    policy = page.request.get(address).headers["content-security-policy"]
    assert "style-src 'none'" in policy
    assert "unsafe" not in policy
    page.goto(address)
    until = time.monotonic() + 20
    while red_share(page) < 0.2 and time.monotonic() < until:
        pass  # a picture takes as long as a wait
    assert red_share(page) >= 0.2
