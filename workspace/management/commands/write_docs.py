"""Write the pages of docs/ that come from the code. A house test fails while one of them is stale."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workspace import docs


class Command(BaseCommand):
    help = "Write the pages of docs/ that come from the code: lifecycles, roles, rules and what is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write those that changed, and say which."""
        for name, text in docs.PAGES.items():
            path = settings.BASE_DIR / "docs" / name
            fresh = text()
            if not path.exists() or path.read_text(encoding="utf-8") != fresh:
                path.write_text(fresh, encoding="utf-8")
                self.stdout.write(f"docs/{name} is written.")
