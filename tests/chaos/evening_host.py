"""The host's settings, on a clock of its own, in a house where the evening check dies at times."""

import tests.chaos.fatal  # noqa: F401 - it watches from here on
from backend.config.settings import *  # noqa: F403
from tests.timetravel import clock

clock.hang_up()
