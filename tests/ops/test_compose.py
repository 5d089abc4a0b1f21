"""docker-compose.yml, Dockerfile and Caddyfile name only what exists, and agree with each other."""

import ast
import importlib.util
import re
import shlex
import shutil
import stat
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands

from script.lib import container_secrets
from script.lib.project import BIN, ROOT
from tests.ops.compose import Command, app_services, compose, services, variables

ONE_SHOTS = {"secrets", "migrate"}
# Their programs are inside images that are not ours.
OTHERS = {"caddy", "redis", "postgres"}
KEPT = set(services()) - ONE_SHOTS
# The parsers that also read NAME_FILE.
SECRETS = {"secret", "database"}


def documented(path: str) -> set[str]:
    return set(re.findall(r"^(\w+)=", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


def settings_read() -> set[str]:
    """Every variable that backend/config/settings.py asks the environment for."""
    source = (ROOT / "backend" / "config" / "settings.py").read_text(encoding="utf-8")
    names = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
            and isinstance(node.args[0], ast.Constant)
        ):
            name = str(node.args[0].value)
            names |= {name, f"{name}_FILE"} if node.func.attr in SECRETS else {name}
    return names


@pytest.mark.parametrize("name", sorted(services()))
def test_a_service_has_an_image_a_restart_rule_and_bounded_logs(name: str) -> None:
    service = services()[name]
    assert service["image"]
    assert service["restart"] == ("no" if name in ONE_SHOTS else "unless-stopped")
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_keeps_running_has_a_health_check(name: str) -> None:
    check = services()[name]["healthcheck"]
    assert check["test"]
    assert check["timeout"]


@pytest.mark.parametrize("name", sorted(services()))
def test_no_service_may_gain_rights(name: str) -> None:
    service = services()[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", sorted(app_services()))
def test_the_app_writes_to_its_volumes_only(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert "cap_add" not in service


@pytest.mark.parametrize("name", sorted(set(services()) - OTHERS))
def test_every_command_and_health_check_of_the_app_exists(name: str) -> None:
    commands = [Command.of(name)]
    if "test" in services()[name]["healthcheck"]:
        commands.append(Command.of_healthcheck(name))
    for words in (words for command in commands for words in command.programs()):
        assert (BIN / words[0]).exists() or shutil.which(words[0]), words
        for module in modules_of(words):
            assert importlib.util.find_spec(module), words
        if words[1:2] == ["manage.py"]:
            assert words[2] in get_commands(), words


def modules_of(words: list[str]) -> list[str]:
    """The Python modules that a command names: after -m or -A, or as module:object."""
    named = [after for word, after in pairwise(words) if word in {"-m", "-A"}]
    objects = [word.partition(":")[0] for word in words if re.fullmatch(r"[a-z_.]+:[a-z_]+", word)]
    return [*named, *objects]


def test_only_caddy_can_be_reached_from_outside() -> None:
    assert [name for name, service in services().items() if "ports" in service] == ["caddy"]


def test_the_stores_are_on_a_network_without_a_way_out() -> None:
    assert compose()["networks"]["inside"] == {"internal": True}
    assert services()["postgres"]["networks"] == services()["redis"]["networks"] == ["inside"]


def test_every_volume_and_network_that_is_used_is_declared() -> None:
    named = {
        volume.partition(":")[0]
        for service in services().values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert named == set(compose()["volumes"])
    networks = {network for service in services().values() for network in service["networks"]}
    assert networks == set(compose()["networks"])


def test_every_variable_of_the_compose_file_is_explained_to_the_host() -> None:
    assert variables() == documented(".env.example")


def test_the_app_reads_every_variable_that_compose_sets() -> None:
    for service in app_services().values():
        assert set(service["environment"]) <= settings_read()


def test_the_operations_page_lists_every_setting() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE))
    assert table == {name for name in settings_read() if not name.endswith("_FILE")}


def test_the_dockerfile_copies_only_what_exists() -> None:
    sources = [
        source
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for source in shlex.split(line)[1:-1]
    ]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source


def test_nothing_that_the_dockerfile_copies_is_kept_out_of_the_build() -> None:
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in shlex.split(line)[1:-1]:
                assert any(source == word or source.startswith(f"{word}/") for word in allowed), (
                    line
                )


def test_the_image_does_not_run_as_root() -> None:
    last_stage = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert "\nUSER backstep\n" in last_stage


def test_every_image_is_pinned_to_a_major_version() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    images += [service["image"] for service in services().values() if "build" not in service]
    for image in images:
        assert re.search(r":\d", image), image


def test_caddy_forwards_to_the_port_the_web_service_listens_on() -> None:
    caddyfile = (ROOT / "Caddyfile").read_text(encoding="utf-8")
    (upstream,) = re.findall(r"reverse_proxy (\S+)", caddyfile)
    name, _, port = upstream.partition(":")
    assert port in Command.of(name).words
    assert set(services()["caddy"]["networks"]) & set(services()[name]["networks"])


def test_caddy_keeps_the_metrics_to_itself_and_asks_for_https() -> None:
    caddyfile = (ROOT / "Caddyfile").read_text(encoding="utf-8")
    assert "@metrics path /metrics" in caddyfile
    assert "respond @metrics 404" in caddyfile
    assert "Strict-Transport-Security" in caddyfile
    assert set(re.findall(r"\{\$(\w+)\}", caddyfile)) == set(services()["caddy"]["environment"])


def test_the_procfile_runs_what_the_containers_run() -> None:
    local = dict(
        line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines()
    )
    for name, command in local.items():
        ours = re.sub(r'"?\$\{\w+:-([^}]*)\}(/[\w-]+)?"?', r"\1\2", command)
        theirs = " ".join(Command.of(name).words)
        assert ours == theirs.replace("0.0.0.0", "127.0.0.1").replace("/data/", "var/")


def test_the_database_password_is_made_once_and_the_address_holds_it(tmp_path: Path) -> None:
    container_secrets.main(tmp_path)
    password = (tmp_path / "postgres_password").read_text(encoding="utf-8").strip()
    assert len(password) >= 32
    container_secrets.main(tmp_path)
    assert (tmp_path / "postgres_password").read_text(encoding="utf-8").strip() == password
    url = (tmp_path / "database_url").read_text(encoding="utf-8")
    assert url == f"postgres://backstep:{password}@postgres:5432/backstep\n"


def test_postgresql_which_runs_as_another_user_can_read_the_password(tmp_path: Path) -> None:
    container_secrets.main(tmp_path)
    mode = stat.S_IMODE((tmp_path / "postgres_password").stat().st_mode)
    assert mode & stat.S_IROTH
