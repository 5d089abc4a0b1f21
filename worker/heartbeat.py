"""A sign of life for a monitor that raises the alarm when none comes (a dead man's switch)."""

import logging
from urllib.error import URLError
from urllib.request import Request, urlopen

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5


def ping(url: str) -> None:
    """Ask for `url`, which the host chose. A monitor that is away is a line in the log: the check
    itself went well."""
    request = Request(url, headers={"User-Agent": "Backstep"})  # noqa: S310 - checked at the start
    try:
        with urlopen(request, timeout=PATIENCE_SECONDS):  # noqa: S310
            pass
    except (URLError, OSError, ValueError) as error:
        log.warning("the heartbeat monitor can't be reached, %s: %s", type(error).__name__, error)
