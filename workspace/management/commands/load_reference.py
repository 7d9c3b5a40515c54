"""Load the reference data that comes with the product. Twice changes nothing; a wrong row is refused with its reason."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import system_user
from core.tables import BadRow
from core.verdicts import Refused
from evaluations.actions.framework import load_framework_files
from evaluations.models import Framework
from inspections.actions.reference import load_areas, load_method, load_school_holidays
from inspections.models import Method


def _check_frameworks(framework: Framework) -> None:
    """Every method inspects by a framework that is here."""
    for method in Method.objects.exclude(framework_key__in=Framework.objects.values("key")):
        reason = f"the method {method.key} inspects by the framework “{method.framework_key}”; there is {framework.key}."
        raise BadRow("methods.csv", None, reason)


class Command(BaseCommand):
    help = "Load areas, method, school holidays, quality framework and published evaluations."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                areas, steps, weeks = load_areas(), load_method(), load_school_holidays()
                framework = load_framework_files(by=system_user(), at=timezone.now())
                _check_frameworks(framework)
        except (BadRow, Refused) as fault:
            raise CommandError(f"Nothing was loaded. {fault}") from fault
        self.stdout.write(
            f"{areas} areas, {steps} steps of the method, {weeks} school-holiday weeks. {framework}"
        )
