"""Many moments in one run: what people do at some of them, and what has come to them by each.

The clock jumps from one moment to the next and waits at each until the evening check has looked
twice, so that at least one whole check began after the jump, and until all that it found is sent.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from tests.chaos.house import LEASE_SECONDS, House
from tests.chaos.ledger import Ledger
from tests.chaos.phones import ACCEPTED, Notification, Phone
from tests.ops.processes import until
from tests.support import vapid
from tests.support.push_service import PushService
from tests.timetravel.clock import Clock
from tests.timetravel.people import Somebody

CHECK = "nightly"
CHECKED_WITHIN = 30.0
NOTHING_RUNS = 1.0  # seconds to look on while the beat is away
IN_WORK = timedelta(seconds=LEASE_SECONDS + 1)

Action = Callable[[], object]


def at(zone: str, wall: str) -> datetime:
    """A moment in UTC, from what clocks there show: at("Asia/Tokyo", "2026-09-24 19:30")."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass
class History:
    """`came`: by person, what came and at which of the `moments` it was found there."""

    moments: list[datetime] = field(default_factory=list)
    came: dict[str, list[tuple[datetime, Notification]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def times(self, name: str) -> list[datetime]:
        return [moment for moment, _ in self.came[name]]


class Timeline:
    """Plan first, then `run`."""

    def __init__(self, house: House, service: PushService, clock: Clock) -> None:
        self.history = History()
        self.people: dict[str, Somebody] = {}
        self._house = house
        self._service = service
        self._clock = clock
        self._ledger = Ledger(house.database_url)
        self._plan: dict[datetime, list[Action]] = defaultdict(list)
        self._beats = True
        self._read = 0
        with urlopen(f"{house.url}/api/v1/push/key", timeout=10) as answer:
            self._key = vapid.decode(json.load(answer)["public_key"])

    # --- plans -------------------------------------------------------------------------------

    def somebody(self, name: str, zone: str, hurts_at: str, days: int | None = 8) -> None:
        """Arrives at that time, by the clocks of `zone`, and says that the back hurts; after so
        many days that it is gone, if ever."""

        def arrives() -> None:
            phone = Phone.make(len(self.people), self._service, self._key)
            self.people[name] = Somebody(self._house.url, phone, zone)
            self.people[name].hurts()

        begin = at(zone, hurts_at)
        self.then(begin, arrives)
        if days is not None:
            self.does(name, begin + timedelta(days=days), Somebody.is_well)

    def does(self, name: str, moment: datetime, deed: Callable[[Somebody], object]) -> None:
        self.then(moment, lambda: deed(self.people[name]))

    def then(self, moment: datetime, action: Action) -> None:
        self._plan[moment].append(action)

    def look(self, zone: str, *walls: str) -> None:
        for wall in walls:
            self._plan[at(zone, wall)] += []

    # --- the run -----------------------------------------------------------------------------

    def run(self) -> History:
        for moment in sorted(self._plan):
            self._clock.set(moment)
            for action in self._plan[moment]:
                action()
            self._wait(moment)
            self._note(moment)
        return self.history

    def stop_beat(self) -> None:
        self._house.kill("beat0")
        self._beats = False

    def start_beat(self) -> None:
        self._house.start("beat0")
        self._beats = True

    def _wait(self, moment: datetime) -> None:
        if not self._beats:
            time.sleep(NOTHING_RUNS)
        else:
            seen = self._checked_after(moment)
            self._checked_after(seen)
        until("all to be sent", lambda: not self._ledger.in_work(self._clock.now() + IN_WORK))

    def _checked_after(self, moment: datetime) -> datetime:
        def newer() -> datetime | None:
            found = self._ledger.pulse(CHECK)
            return found if found and found > moment else None

        found = until(f"a check after {moment}", newer, CHECKED_WITHIN)
        assert found is not None
        return found

    def _note(self, moment: datetime) -> None:
        self.history.moments.append(moment)
        owners = {one.phone.endpoint.rpartition("/")[2]: name for name, one in self.people.items()}
        posts = self._service.posts[self._read :]
        self._read += len(posts)
        for post in posts:
            assert post.status == ACCEPTED, post
            name = owners[post.token]
            notification = self.people[name].phone.read(post.body)
            self.history.came[name].append((moment, notification))
