"""The development settings with the bare page beside the product's."""

from config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
