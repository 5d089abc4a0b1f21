"""Every parser answers, or says in one line which variable is wrong."""

from pathlib import Path

import pytest

from backend.config.env import ConfigError, Env

PASSWORD = "hunter2"


def test_an_empty_variable_counts_as_one_that_is_not_set() -> None:
    assert Env({"NAME": "  "}).text("NAME", "fallback") == "fallback"


def test_spaces_around_a_value_do_not_matter() -> None:
    assert Env({"NAME": " value \n"}).text("NAME") == "value"


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "Yes", "on"])
def test_words_for_true(value: str) -> None:
    assert Env({"FLAG": value}).boolean("FLAG", default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "FALSE", "No", "off"])
def test_words_for_false(value: str) -> None:
    assert Env({"FLAG": value}).boolean("FLAG", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_is_its_default(default: bool) -> None:
    assert Env({}).boolean("FLAG", default=default) is default


@pytest.mark.parametrize("value", ["maybe", "2", "truefalse", "-"])
def test_any_other_word_is_refused(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^FLAG must be true or false"):
        Env({"FLAG": value}).boolean("FLAG", default=False)


@pytest.mark.parametrize(("value", "expected"), [("1", 1), ("60", 60), (" 7 ", 7), ("", 5)])
def test_whole_numbers_within_their_range(value: str, expected: int) -> None:
    assert Env({"NUMBER": value}).integer("NUMBER", 5, low=1, high=60) == expected


@pytest.mark.parametrize("value", ["0", "61", "-1", "five", "1.5", "1e1", "0x10", "9" * 5000])
def test_other_numbers_are_refused(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^NUMBER must be"):
        Env({"NUMBER": value}).integer("NUMBER", 5, low=1, high=60)


@pytest.mark.parametrize("value", ["1", "8000", "65535"])
def test_ports_that_exist(value: str) -> None:
    assert Env({"PORT": value}).port("PORT", 80) == int(value)


@pytest.mark.parametrize("value", ["0", "65536", "-80", "http"])
def test_ports_that_do_not(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^PORT must be"):
        Env({"PORT": value}).port("PORT", 80)


def test_names_are_split_at_commas_and_empty_ones_left_out() -> None:
    assert Env({"HOSTS": " a.example, ,b.example,"}).names("HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", []),
        ("https://push.example.org", ["https://push.example.org"]),
        ("http://10.0.0.5:8080/", ["http://10.0.0.5:8080"]),
        ("http://[::1]:9000", ["http://[::1]:9000"]),
        ("https://a.example, https://b.example", ["https://a.example", "https://b.example"]),
    ],
)
def test_origins_have_a_scheme_and_a_host(value: str, expected: list[str]) -> None:
    assert Env({"ORIGINS": value}).origins("ORIGINS") == expected


@pytest.mark.parametrize(
    "value",
    [
        "push.example.org",
        "ftp://push.example.org",
        "https://",
        "https://:8080",
        "https://push.example.org/path",
        "https://push.example.org?query",
        "https://push.example.org#part",
        "https://user@push.example.org",
        "https://push.example.org:port",
        "https://push.example.org:0",
        "https://push.example.org:70000",
        "https://[::1",
        "https://push.example.org,nonsense",
    ],
)
def test_anything_else_is_no_origin(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^ORIGINS must hold origins like"):
        Env({"ORIGINS": value}).origins("ORIGINS")


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("postgres://user:word@host/back", "postgresql", "back"),
        ("postgresql://user:word@host:5433/back", "postgresql", "back"),
        ("sqlite:////data/back.sqlite3", "sqlite3", "/data/back.sqlite3"),
    ],
)
def test_databases_that_it_runs_on(url: str, engine: str, name: str) -> None:
    found = Env({"DATABASE_URL": url}).database("DATABASE_URL", "")
    assert (found["ENGINE"], found["NAME"]) == (f"django.db.backends.{engine}", name)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "postgres://",
        f"postgres://user:{PASSWORD}@host",
        f"postgres://user:{PASSWORD}@host:port/back",
        f"postgres://user:{PASSWORD}@[host/back",
        f"mysql://user:{PASSWORD}@host/back",
        f"oracle://user:{PASSWORD}@host/back",
    ],
)
def test_other_databases_are_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^DATABASE_URL must look like") as refusal:
        Env({"DATABASE_URL": url}).database("DATABASE_URL", "")
    assert PASSWORD not in str(refusal.value)


def test_a_secret_is_read_from_its_variable() -> None:
    assert Env({"KEY": "quiet"}).secret("KEY") == "quiet"


def test_a_secret_is_read_from_its_file_without_the_line_end(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("quiet\n")
    assert Env({"KEY_FILE": str(path)}).secret("KEY", "default") == "quiet"


def test_a_secret_that_is_nowhere_is_its_default() -> None:
    assert Env({}).secret("KEY", "default") == "default"


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("one")
    with pytest.raises(ConfigError, match=r"^set KEY or KEY_FILE, not both$"):
        Env({"KEY": "other", "KEY_FILE": str(path)}).secret("KEY")


@pytest.mark.parametrize(
    ("content", "problem"), [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe\x00", "not text")]
)
def test_a_damaged_secret_file_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=f"KEY_FILE {path} .*{problem}"):
        Env({"KEY_FILE": str(path)}).secret("KEY")


def test_a_missing_secret_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none"
    with pytest.raises(ConfigError, match=f"KEY_FILE {path} can't be read: No such file"):
        Env({"KEY_FILE": str(path)}).secret("KEY")


def test_a_folder_is_no_secret_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"KEY_FILE {tmp_path} can't be read: Is a directory"):
        Env({"KEY_FILE": str(tmp_path)}).secret("KEY")


@pytest.mark.parametrize(
    "url", ["redis://host:6379/0", "rediss://:word@host/1", "unix:///run/redis"]
)
def test_a_redis_address_is_taken_as_it_is(url: str) -> None:
    assert Env({"REDIS_URL": url}).redis("REDIS_URL", "") == url


@pytest.mark.parametrize("url", ["host:6379", "http://host", "amqp://host"])
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^REDIS_URL must look like"):
        Env({"REDIS_URL": url}).redis("REDIS_URL", "")


@pytest.mark.parametrize("url", ["https://monitor.example.org/id", "http://10.0.0.7:8000/ping", ""])
def test_a_web_address_is_taken_as_it_is(url: str) -> None:
    assert Env({"HEARTBEAT_URL": url}).web_address("HEARTBEAT_URL") == url


@pytest.mark.parametrize(
    "url",
    ["monitor.example.org", "ftp://host/id", "https://", "file:///etc/passwd", "https://a b/"],
)
def test_anything_else_is_no_web_address(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^HEARTBEAT_URL must be an address like") as refusal:
        Env({"HEARTBEAT_URL": url}).web_address("HEARTBEAT_URL")
    assert "secret" not in str(refusal.value)
