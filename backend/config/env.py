"""Reading the environment: every parser either answers or says which variable is wrong and why."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
PORTS = range(1, 65536)
ENGINES = {"django.db.backends.postgresql", "django.db.backends.sqlite3"}


class ConfigError(Exception):
    """A setting that the server can't start with. The message is one line for the host."""


@dataclass(frozen=True)
class Env:
    """The environment as typed values. An empty variable counts as one that isn't set."""

    source: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def text(self, name: str, default: str = "") -> str:
        return self.source.get(name, "").strip() or default

    def boolean(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value in TRUE | FALSE:
            return value in TRUE
        raise ConfigError(f"{name} must be true or false, not {value!r}")

    def integer(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            raise ConfigError(f"{name} must be a whole number, not {value!r}") from None
        if not low <= number <= high:
            raise ConfigError(f"{name} must be between {low} and {high}, not {number}")
        return number

    def port(self, name: str, default: int) -> int:
        return self.integer(name, default, low=PORTS.start, high=PORTS.stop - 1)

    def names(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def origins(self, name: str) -> list[str]:
        """Comma-separated origins such as `https://push.example.org:8443`, without a path."""
        found = self.names(name)
        for origin in found:
            if not _is_origin(origin):
                raise ConfigError(
                    f"{name} must hold origins like https://host:port, not {origin!r}"
                )
        return [origin.rstrip("/") for origin in found]

    def web_address(self, name: str) -> str:
        """An http or https address, or nothing. It may be a secret: errors don't repeat it."""
        value = self.secret(name)
        try:
            parts = urlsplit(value)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fits = False
        if value and not (fits and value.isascii() and value.isprintable() and " " not in value):
            raise ConfigError(f"{name} must be an address like https://monitor.example.org/id")
        return value

    def secret(self, name: str, default: str = "") -> str:
        """`NAME`, or the content of the file that `NAME_FILE` names. Setting both is an error."""
        direct, path = self.text(name), self.text(f"{name}_FILE")
        if direct and path:
            raise ConfigError(f"set {name} or {name}_FILE, not both")
        if not path:
            return direct or default
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{name}_FILE {path} can't be read: {_reason(error)}") from None
        if not content:
            raise ConfigError(f"{name}_FILE {path} is empty")
        return content

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings for a PostgreSQL or SQLite URL. The error keeps its password quiet."""
        try:
            found: dict[str, Any] = dict(dj_database_url.parse(self.secret(name, default)))
        except ValueError:
            found = {}
        if found.get("ENGINE") not in ENGINES or not found["NAME"]:
            raise ConfigError(f"{name} must look like postgres://user:password@host/name")
        return found

    def redis(self, name: str, default: str) -> str:
        url = self.secret(name, default)
        if not url.startswith(("redis://", "rediss://", "unix://")):
            raise ConfigError(f"{name} must look like redis://host:port/0")
        return url


def _is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    return bool(parts.scheme in {"http", "https"} and parts.hostname and bare and port != 0)


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "not text"
