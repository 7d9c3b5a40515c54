#!/usr/bin/env python
"""The terminal's door to the product."""

import os
import sys


def main() -> None:
    """Run one of Django's or our own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
