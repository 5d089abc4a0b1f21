"""The host's settings, and one kind of reminder more: see `tests.browser.evening`."""

from backend.config.settings import *  # noqa: F403
from backend.config.settings import INSTALLED_APPS as ORDINARY

INSTALLED_APPS = [*ORDINARY, "tests.browser.apps.EveningConfig"]
