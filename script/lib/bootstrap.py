"""Install the locked Python and Node packages, and for the checks the browsers.

Each install leaves a stamp, written last: unchanged locks end at once, half-done work is redone.
"""

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from script.lib.project import BIN, FRONTEND, ROOT, ScriptError, captured, digest, environment, run

LOCKS = ("local", "dev")
VENV = ROOT / ".venv"
PYTHON_STAMP = VENV / "backstep.json"
NODE_STAMP = FRONTEND / "node_modules" / ".backstep"
NODE_LOCKS = tuple(FRONTEND / name for name in ("package.json", "package-lock.json", ".npmrc"))
BROWSERS = ("chromium", "firefox-esr")
NO_NETWORK = (
    "name resolution", "NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError",
    "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    lock = arguments[0] if arguments else "dev"
    if lock not in LOCKS or len(arguments) > 1:
        raise ScriptError(f"usage: script/bootstrap [{'|'.join(LOCKS)}]")
    with one_at_a_time():
        install_python(lock)
        install_node()
        if lock == "dev":
            install_browsers()
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A second bootstrap waits for the first instead of writing into its half-made folders."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def install_python(lock: str) -> None:
    if python_is_current(lock):
        return
    PYTHON_STAMP.unlink(missing_ok=True)
    if not venv_works():
        make_venv()
    print(f"Installing the Python packages of requirements/{lock}.txt ...", flush=True)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    requirements = ["--no-input", "--require-hashes", "-r", str(lock_file(lock))]
    install([*pip, *requirements], what="Python packages", cwd=ROOT)
    PYTHON_STAMP.write_text(json.dumps(python_stamp(lock)), encoding="utf-8")


def lock_file(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.txt"


def python_stamp(lock: str) -> dict[str, str]:
    # The root is part of it because a moved checkout's scripts name the old place.
    return {"lock": lock, "digest": digest([lock_file(lock)]), "root": str(ROOT)}


def read_python_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(PYTHON_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def python_is_current(lock: str) -> bool:
    """`dev` holds everything of `local`, so either stamp will do for `local`."""
    stamp = read_python_stamp()
    good_enough = LOCKS[LOCKS.index(lock) :]
    return (BIN / "python").exists() and any(stamp == python_stamp(name) for name in good_enough)


def venv_works() -> bool:
    if not (BIN / "python").exists() or not built_here():
        return False
    return captured([BIN / "python", "-m", "pip", "--version"]).returncode == 0


def built_here() -> bool:
    """False where the checkout was moved after its .venv was made."""
    activate = BIN / "activate"
    return activate.exists() and str(VENV) in activate.read_text(encoding="utf-8", errors="replace")


def make_venv() -> None:
    print("Making .venv ...", flush=True)
    made = captured([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode == 0:
        return
    if "ensurepip" in made.stdout:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise ScriptError(
            f"this Python can't make a .venv: install its venv module"
            f" (on Debian: apt-get install python{version}-venv)"
        )
    raise ScriptError(f".venv can't be made: {last_line(made.stdout)}")


def install_node() -> None:
    stamp = digest(NODE_LOCKS)
    if NODE_STAMP.exists() and NODE_STAMP.read_text(encoding="utf-8") == stamp:
        return
    print("Installing the Node packages of frontend/package-lock.json ...", flush=True)
    # No install scripts: none of our packages needs one, and they may fetch from anywhere.
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    install([str(BIN / "npm"), "ci", *quiet], what="Node packages", cwd=FRONTEND)
    NODE_STAMP.write_text(stamp, encoding="utf-8")


def install(command: list[str], *, what: str, cwd: Path) -> None:
    done = captured(command, cwd=cwd)
    if done.returncode == 0:
        return
    if any(sign in done.stdout for sign in NO_NETWORK):
        raise ScriptError(f"the {what} can't be fetched: check the network, then run this again")
    log = VENV / "install.log"
    log.write_text(done.stdout, encoding="utf-8")
    raise ScriptError(f"the {what} can't be installed: {last_line(done.stdout)} (all of it: {log})")


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "npm error"))]
    return (errors[:1] or lines[-1:] or ["it gave no reason"])[0]


def missing_browsers() -> list[str]:
    return [name for name in BROWSERS if shutil.which(name) is None]


def install_browsers() -> None:
    """Debian's browsers, where we may install them. Elsewhere only the browser tests can't run."""
    missing = missing_browsers()
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print(f"Installing {' and '.join(missing)} ...", flush=True)
        env = environment(DEBIAN_FRONTEND="noninteractive")
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            captured([apt, "--quiet", *command], env=env)
        missing = missing_browsers()
    if missing:
        print(f"The browser tests need {' and '.join(missing)}: install and run this again.")


if __name__ == "__main__":
    run(main)
