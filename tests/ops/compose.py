"""docker-compose.yml as Docker reads it, near enough for the tests."""

import re
import shlex
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from script.lib.project import ROOT

FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::?([-?])([^}]*))?\}")

Part = dict[str, Any]


@cache
def compose() -> Part:
    parsed: Part = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return parsed


def services() -> dict[str, Part]:
    found: dict[str, Part] = compose()["services"]
    return found


def app_services() -> dict[str, Part]:
    return {name: part for name, part in services().items() if part["image"] == "backstep"}


def variables() -> set[str]:
    return {match[1] for match in VARIABLE.finditer(FILE.read_text(encoding="utf-8"))}


def interpolate(value: str, given: dict[str, str]) -> str:
    def replacement(match: re.Match[str]) -> str:
        name, kind, rest = match[1], match[2], match[3]
        if given.get(name):
            return given[name]
        assert kind != "?", rest
        return rest or ""

    return VARIABLE.sub(replacement, value).replace("$$", "$")


@dataclass(frozen=True)
class Command:
    """What a container would execute."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, service: str) -> "Command":
        return cls(tuple(shlex.split(services()[service]["command"])))

    @classmethod
    def of_healthcheck(cls, service: str) -> "Command":
        kind, *words = services()[service]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            return cls(("/bin/sh", "-c", words[0].replace("$$", "$")))
        assert kind == "CMD", kind
        return cls(tuple(words))

    def programs(self) -> list[list[str]]:
        """The words of each program it runs, those inside `sh -c` too."""
        if self.words[0].endswith("sh") and self.words[1] == "-c":
            return [shlex.split(part) for part in re.split(r"&&|\|", self.words[2])]
        return [list(self.words)]
