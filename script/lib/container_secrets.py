"""Make the database's password at the first start: `python -m script.lib.container_secrets FOLDER`.

The folder is a volume that only PostgreSQL and the app mount; PostgreSQL runs as another user, so
both files can be read by all in there.
"""

import secrets
import sys
from pathlib import Path

READABLE = 0o644


def main(folder: Path) -> None:
    password_file = folder / "postgres_password"
    if not password_file.exists():
        publish(password_file, secrets.token_urlsafe(32))
    password = password_file.read_text(encoding="utf-8").strip()
    publish(folder / "database_url", f"postgres://backstep:{password}@postgres:5432/backstep")


def publish(path: Path, content: str) -> None:
    """Under its name only when whole: a stop half-way must not leave an empty password."""
    draft = path.with_suffix(".draft")
    draft.write_text(f"{content}\n", encoding="utf-8")
    draft.chmod(READABLE)
    draft.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
