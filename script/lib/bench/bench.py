"""What the parts of one run share: its folder, the push service, the databases, the processes."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from script.lib.bench import peer_environment, sink, stores
from script.lib.bench.sink import Sink
from script.lib.bench.stores import Databases
from script.lib.bench.subject import Cost, Subject
from script.lib.project import ScriptError

MEASURED = "script.lib.bench.measured"
OURS = "script.lib.bench.ours"
THEIRS = "script.lib.bench.peers.theirs"
DEVICES = 1_000
FULL_SIZE = 1_000_000
ROUNDS = 5


@dataclass
class Bench:
    """`rows`: how many reminders, or people, there are; the rest is in proportion to it."""

    folder: Path
    stack: ExitStack
    rows: int = FULL_SIZE
    kinds: tuple[str, ...] = (stores.POSTGRES, stores.SQLITE)
    peers: bool = True
    _filled: dict[str, str] = field(default_factory=dict)
    _servers: dict[str, Databases] = field(default_factory=dict)

    def scaled(self, full: int, *, least: int) -> int:
        """`full` at 1,000,000 reminders, fewer at fewer, never fewer than `least`."""
        return max(least, full * min(self.rows, FULL_SIZE) // FULL_SIZE)

    @cached_property
    def sink(self) -> Sink:
        return self.stack.enter_context(sink.running(self.folder))

    @cached_property
    def redis_url(self) -> str:
        return self.stack.enter_context(stores.redis(self.folder))

    def databases(self, kind: str) -> Databases:
        if kind not in self._servers:
            self._servers[kind] = self.stack.enter_context(stores.databases(kind, self.folder))
        return self._servers[kind]

    def environment(self, database_url: str) -> Mapping[str, str]:
        """For our own processes: they trust the push service of this run, like a host's own."""
        found = stores.server_environment(
            self.folder, database_url, self.redis_url, push_origin=self.sink.origin
        )
        return {**found, **self.sink.environment}

    @contextmanager
    def ours(self, database_url: str) -> Iterator[Subject]:
        with Subject(MEASURED, OURS, env=self.environment(database_url)) as subject:
            yield subject

    def database(self, kind: str, name: str, *, rows: int = 0, due: int = 0) -> str:
        """A new database of ours, with so many reminders, and people who are due already."""
        url = self.databases(kind).url(name)
        with self.ours(url) as helper:
            helper.do("migrate")
            if rows:
                helper.do("fill", rows=rows)
            if due:
                helper.do("add_due", count=due, origin=self.sink.origin)
        return url

    def filled(self, kind: str) -> str:
        """The database with all the reminders, none of them due. Made once in a run."""
        if kind not in self._filled:
            self._filled[kind] = self.database(kind, "filled", rows=self.rows)
        return self._filled[kind]

    @contextmanager
    def theirs(self, library: str, database_url: str) -> Iterator[Subject]:
        raw = self.folder / "vapid_raw"
        raw.write_text(peer_environment.raw_key(self.vapid_file), encoding="utf-8")
        env = {
            "DJANGO_SETTINGS_MODULE": "script.lib.bench.peers.settings",
            "DATABASE_URL": database_url,
            "BENCH_VAPID_FILE": str(self.vapid_file),
            "BENCH_VAPID_RAW": str(raw),
            **self.sink.environment,
        }
        python = peer_environment.python()
        with Subject(MEASURED, THEIRS, library, env=env, python=python) as subject:
            yield subject

    @property
    def vapid_file(self) -> Path:
        """Made by our settings at their first start; all senders sign with it."""
        return self.folder / "data" / "vapid_private.pem"

    @property
    def devices(self) -> dict[str, str]:
        """The files that every sender reads, as arguments of its task `prepare`."""
        return {
            "devices": str(self.folder / "devices.json"),
            "content": str(self.folder / "payload.json"),
        }

    def write_devices(self, subject: Subject, count: int = DEVICES) -> None:
        subject.do("write_devices", count=count, origin=self.sink.origin, **self.devices)


def require_sent(cost: Cost, count: int) -> None:
    """Our own results must say that everything went out."""
    if cost.result != {"sent": count}:
        raise ScriptError(f"{count} messages were to be sent, and the results say {cost.result}")
