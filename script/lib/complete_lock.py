"""Add to package-lock.json what npm left out, and take out the addresses it put in.

npm 11 omits an optional package that its registry did not have at that moment, and then its own
`npm ci` refuses the lock as incomplete (npm/cli issue 9846). The missing ones are native builds:
their parent names the exact version, and their own name the platform. The addresses are those of
funding pages, which nothing reads.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

SYSTEMS = ("android", "darwin", "freebsd", "linux", "openbsd", "openharmony", "win32")
PROCESSORS = ("arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64")
LIBRARIES = {"gnu": "glibc", "gnueabihf": "glibc", "musl": "musl", "musleabihf": "musl"}
EXACT = re.compile(r"\d+\.\d+\.\d+")

Entry = dict[str, Any]


def main(lock: Path) -> None:
    content = json.loads(lock.read_text(encoding="utf-8"))
    packages: dict[str, Entry] = content["packages"]
    added = missing(packages)
    for package in packages.values():
        package.pop("funding", None)
    content["packages"] = dict(sorted((packages | added).items()))
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{lock}: added {len(added)} packages of other platforms")


def missing(packages: dict[str, Entry]) -> dict[str, Entry]:
    return {
        f"node_modules/{name}": entry(name, version, dev=bool(parent.get("dev")))
        for path, parent in packages.items()
        for name, version in parent.get("optionalDependencies", {}).items()
        if not {f"node_modules/{name}", f"{path}/node_modules/{name}"} & packages.keys()
    }


def entry(name: str, version: str, *, dev: bool) -> Entry:
    if not EXACT.fullmatch(version):
        raise SystemExit(f"{name} {version} is missing, and its exact version is not known")
    words = name.rpartition("/")[2].split("-")
    limits = {
        "cpu": [word for word in words if word in PROCESSORS],
        "libc": [LIBRARIES[word] for word in words if word in LIBRARIES],
        "os": [word for word in words if word in SYSTEMS],
    }
    if not limits["os"]:
        raise SystemExit(f"{name} {version} is missing, and its name tells no platform")
    named = {key: value for key, value in limits.items() if value}
    return {"version": version, **({"dev": True} if dev else {}), "optional": True, **named}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
