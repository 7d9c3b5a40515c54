"""Load the reference data that comes with the product. Twice changes nothing; a wrong row is refused with its reason."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import system_user
from core.tables import BadRow
from evaluations.actions.framework import load_framework_files
from inspections.actions.reference import load_areas, load_method, load_school_holidays


class Command(BaseCommand):
    help = "Load areas, method, school holidays, quality framework and published evaluations."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                areas, steps, weeks = load_areas(), load_method(), load_school_holidays()
                framework = load_framework_files(by=system_user(), at=timezone.now())
        except BadRow as fault:
            raise CommandError(f"Nothing was loaded. {fault}") from fault
        self.stdout.write(
            f"{areas} areas, {steps} steps of the method, {weeks} school-holiday weeks. {framework}"
        )
