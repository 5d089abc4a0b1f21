"""script/test: every check, the quick ones first and two at a time; ends at the first that fails.

The tests themselves run last and print as they go, so the last lines are pytest's summary.
"""

import difflib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from script.lib import frontend
from script.lib.bootstrap import missing_browsers
from script.lib.project import BIN, FRONTEND, ROOT, ScriptError, captured, environment, run

AT_ONCE = 2
OPENAPI = ROOT / "docs" / "openapi.yaml"
API_TYPES = FRONTEND / "src" / "api" / "schema.d.ts"
PYTEST = (sys.executable, "-m", "pytest")


@dataclass(frozen=True)
class Gate:
    """A named check. `check` answers what it printed, and raises ScriptError where it is red."""

    name: str
    check: Callable[[], str]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["fast"]):
        raise ScriptError("usage: script/test [fast]")
    fast = arguments == ["fast"]
    if not fast and (missing := missing_browsers()):
        raise ScriptError(
            f"the browser tests need {' and '.join(missing)}; or run script/test fast"
        )
    with tempfile.TemporaryDirectory(prefix="backstep-test-") as scratch:
        env = environment(DATA_DIR=scratch)
        for gates in stages(env, Path(scratch)):
            pass_all(gates)
        return run_tests(env, fast=fast)


def stages(env: dict[str, str], scratch: Path) -> list[list[Gate]]:
    """Within a stage no gate needs another's result."""

    def python(name: str, *command: str) -> Gate:
        return Gate(name, lambda: green([str(BIN / command[0]), *command[1:]], ROOT, env))

    def npm(name: str, *words: str) -> Gate:
        return Gate(
            name, lambda: green([str(BIN / "npm"), "run", "--silent", *words], FRONTEND, env)
        )

    return [
        [
            python("ruff format", "ruff", "format", "--check", "."),
            python("ruff check", "ruff", "check", "."),
            npm("messages", "messages"),
            python("import contracts", "lint-imports"),
            python("mypy", "mypy"),
            python("migrations", "python", "manage.py", "makemigrations", "--check", "--dry-run"),
            python("content", "python", "manage.py", "build_content", "--check"),
            Gate("OpenAPI document", lambda: openapi_is_current(env, scratch)),
            Gate("API types", lambda: api_types_are_current(env, scratch)),
        ],
        [
            npm("prettier", "format"),
            npm("eslint", "lint"),
            npm("svelte-check", "check"),
            npm("vitest", "test"),
        ],
        [Gate("build", frontend.build)],
        [npm("budget", "budget")],
    ]


def green(command: Sequence[str], cwd: Path, env: dict[str, str]) -> str:
    done = captured(command, cwd=cwd, env=env)
    if done.returncode:
        raise ScriptError(done.stdout.rstrip())
    return done.stdout


def openapi_is_current(env: dict[str, str], scratch: Path) -> str:
    fresh = scratch / "openapi.yaml"
    document = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"]
    green([*document, "--file", str(fresh)], ROOT, env)
    return same(OPENAPI, fresh, f"write it with manage.py spectacular --file {relative(OPENAPI)}")


def api_types_are_current(env: dict[str, str], scratch: Path) -> str:
    fresh = scratch / "schema.d.ts"
    types = [str(BIN / "npx"), "--no-install", "openapi-typescript", str(OPENAPI)]
    green([*types, "--output", str(fresh)], FRONTEND, env)
    return same(API_TYPES, fresh, "write them with npm run api, in frontend")


def same(committed: Path, fresh: Path, advice: str) -> str:
    before = committed.read_text(encoding="utf-8").splitlines() if committed.exists() else []
    after = fresh.read_text(encoding="utf-8").splitlines()
    if before == after:
        return ""
    difference = list(difflib.unified_diff(before, after, "committed", "generated", lineterm=""))
    raise ScriptError(
        "\n".join([*difference[:40], f"{relative(committed)} is out of date: {advice}"])
    )


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pass_all(gates: Iterable[Gate]) -> None:
    """Run `gates` two at a time. At the first red one no other is begun."""
    waiting = list(gates)
    running: dict[Future[str], Gate] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                gate = waiting.pop(0)
                running[pool.submit(timed, gate)] = gate
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                report(running.pop(future), future)


def timed(gate: Gate) -> str:
    begun = time.monotonic()
    gate.check()
    return f"{time.monotonic() - begun:.1f} s"


def report(gate: Gate, future: Future[str]) -> None:
    try:
        print(f"ok   {gate.name:<18} {future.result():>8}", flush=True)
    except ScriptError as error:
        print(f"\n{error}\n", flush=True)
        raise ScriptError(f"the check “{gate.name}” failed; what it said is above") from None


def run_tests(env: dict[str, str], *, fast: bool) -> int:
    """On PostgreSQL what a database could change; then on SQLite everything, last."""
    heading("pytest on PostgreSQL")
    if tests(env, ["--database=postgres", "-m", "service or not (browser or processes)"]):
        raise ScriptError("the tests on PostgreSQL failed")
    heading("pytest on SQLite")
    return tests(env, ["-m", "not browser"] if fast else [])


def tests(env: dict[str, str], arguments: list[str]) -> int:
    done = subprocess.run(
        [*PYTEST, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode


def heading(text: str) -> None:
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    run(main)
