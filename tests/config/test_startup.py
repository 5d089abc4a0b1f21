"""`manage.py check_config` in a process of its own: one line and exit code 2 for what is wrong."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.settings import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "hunter2"
WRONG_SETTINGS = 2


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    problem: str


def python(data_dir: Path, *arguments: str, **variables: str) -> Ended:
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **variables}
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def check_config(data_dir: Path, **variables: str) -> Ended:
    return python(data_dir, "manage.py", "check_config", **variables)


def assert_refused(ended: Ended, *named: str) -> None:
    assert ended.code == WRONG_SETTINGS
    assert ended.out == ""
    assert ended.problem.startswith("backstep: ")
    assert ended.problem.count("\n") == 1, ended.problem
    for name in named:
        assert name in ended.problem


def test_an_empty_folder_is_all_it_needs(tmp_path: Path) -> None:
    ended = check_config(tmp_path / "var")
    assert ended == Ended(0, "The settings are complete.\n", "")
    assert {"secret_key", "vapid_private.pem"} <= {one.name for one in (tmp_path / "var").iterdir()}


def test_a_public_host_needs_nothing_but_its_name(tmp_path: Path) -> None:
    assert check_config(tmp_path, ALLOWED_HOSTS="back.example.org").code == 0


def test_cookies_travel_over_https_only_once_the_host_is_public(tmp_path: Path) -> None:
    code = (
        "from backend.config.settings import *;"
        "print(SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE, SECURE_HSTS_SECONDS > 0)"
    )
    here = python(tmp_path, "-c", code)
    public = python(tmp_path, "-c", code, ALLOWED_HOSTS="localhost,back.example.org")
    assert (here.out, public.out) == ("False False False\n", "True True True\n")


@pytest.mark.parametrize("content", [b"", b"cut off", b"\x00\xff\xfe" * 30])
def test_a_corrupt_secret_key_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret_key"
    path.write_bytes(content)
    assert_refused(check_config(tmp_path), str(path), "damaged")


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nMIG", b"\xff" * 200])
def test_a_corrupt_vapid_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vapid_private.pem"
    path.write_bytes(content)
    assert_refused(check_config(tmp_path), str(path), "damaged")


def test_a_vapid_file_on_another_curve(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    path = tmp_path / "vapid_private.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert_refused(check_config(tmp_path), str(path), "P-256")


def test_a_corrupt_database_file(tmp_path: Path) -> None:
    path = tmp_path / "backstep.sqlite3"
    path.write_bytes(os.urandom(8192))
    assert_refused(check_config(tmp_path), str(path), "not a database")


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "var"
    path.write_text("")
    assert_refused(check_config(path), str(path), "File exists")


def test_a_database_that_does_not_answer_keeps_its_password_quiet(tmp_path: Path) -> None:
    url = f"postgres://user:{PASSWORD}@127.0.0.1:{free_port()}/back"
    ended = check_config(tmp_path, DATABASE_URL=url)
    assert_refused(ended, "the database of DATABASE_URL", "refused")
    assert PASSWORD not in ended.problem


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"DEBUG": "true", "ALLOWED_HOSTS": "back.example.org"}, "DEBUG"),
        ({"DEBUG": "true", "HOST": "0.0.0.0"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": f"mysql://user:{PASSWORD}@host/back"}, "DATABASE_URL"),
        ({"PUSH_ORIGINS": "push.example.org"}, "PUSH_ORIGINS"),
        ({"VAPID_SUBJECT": "host@example.org"}, "VAPID_SUBJECT"),
        ({"VAPID_PRIVATE_KEY": PASSWORD}, "VAPID_PRIVATE_KEY"),
        ({"TICK_SECONDS": "0"}, "TICK_SECONDS"),
        ({"NIGHTLY_SECONDS": "0"}, "NIGHTLY_SECONDS"),
        ({"HEARTBEAT_URL": f"monitor/{PASSWORD}"}, "HEARTBEAT_URL"),
        ({"SECRET_KEY_FILE": "/does/not/exist"}, "SECRET_KEY_FILE"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_variable_is_named(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    ended = check_config(tmp_path, **variables)
    assert_refused(ended, named)
    assert PASSWORD not in ended.problem


@pytest.mark.parametrize(
    "secret", ["django-insecure-kV3w-0sYt9Qm2Zr7_LxB5nEjU8aHdGfC1oPiKqT6y", "changeme", "a" * 80]
)
def test_a_secret_that_others_could_know(tmp_path: Path, secret: str) -> None:
    ended = check_config(tmp_path, SECRET_KEY=secret, ALLOWED_HOSTS="back.example.org")
    assert_refused(ended, "SECRET_KEY")
    assert secret not in ended.problem


def test_the_web_entry_refuses_in_the_same_words(tmp_path: Path) -> None:
    ended = python(tmp_path, "-c", "import backend.config.wsgi", PORT="http")
    assert ended.code != 0
    assert ended.problem == "backstep: PORT must be a whole number, not 'http'\n"
