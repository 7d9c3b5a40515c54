"""Does what is due, once, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand

from core import jobs


class Command(BaseCommand):
    """`manage.py run_jobs`: for machines without Celery, from cron, and for a look by hand."""

    help = "Do every job that is due, here and now, and say how many were done."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do them and say so."""
        done = jobs.run_due()
        self.stdout.write(f"{done} done." if done != 1 else "1 done.")
