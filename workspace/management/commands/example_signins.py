"""Say how to sign in as each member of the example's cast."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from workspace.example import cast


class Command(BaseCommand):
    help = "Print the example's sign-ins. Refused where the example is not allowed."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE_SIGN_INS:
            raise CommandError(
                "The example's sign-ins exist only in the example; they are refused here."
            )
        known = set(User.objects.filter(is_example=True).values_list("email", flat=True))
        people = [person for person in cast.EVERYBODY if person.email in known]
        if not people:
            self.stdout.write("The example is not staged here: run manage.py stage_example.")
            return
        width = max(len(person.email) for person in people)
        self.stdout.write(f"Everybody's password is: {cast.PASSWORD}")
        for person in people:
            self.stdout.write(f"  {person.email:<{width}}  {person.designation}")
