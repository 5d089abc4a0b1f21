"""The host's settings, with the time of tests.timetravel.clock, and looking for what is due more
often than a host may ask for: there are many moments to look at."""

from backend.config.settings import *  # noqa: F403
from tests.timetravel import clock

clock.hang_up()

TICK_SECONDS: float = 0.5  # type: ignore[no-redef]
NIGHTLY_SECONDS: float = 0.5  # type: ignore[no-redef]
