"""What script/server tells a host while it waits, and once it is ready."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from script.lib.project import ScriptError
from script.lib.serve import Place, host_header, read_procfile, ready, welcome
from tests.ops.processes import free_port


@contextmanager
def answering(status: int, body: str) -> Iterator[Place]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield Place("127.0.0.1", server.server_port, Path("var"))
        finally:
            server.shutdown()


def wait_for(place: Place) -> None:
    asyncio.run(ready(place, {}, within=0.1))


def test_a_server_that_answers_is_ready() -> None:
    with answering(200, json.dumps({"ready": True, "reasons": []})) as place:
        wait_for(place)


def test_the_reasons_it_gives_are_passed_on() -> None:
    reasons = ["Redis does not answer", "no reminder tick has run yet"]
    body = json.dumps({"ready": False, "reasons": reasons})
    with answering(503, body) as place, pytest.raises(ScriptError, match="; ".join(reasons)):
        wait_for(place)


@pytest.mark.parametrize("body", ["", "<html>", "[]"])
def test_an_answer_without_reasons_is_named_by_its_status(body: str) -> None:
    with answering(502, body) as place, pytest.raises(ScriptError, match="/readyz answered 502"):
        wait_for(place)


def test_no_answer_at_all_is_a_reason_too() -> None:
    with pytest.raises(ScriptError, match=r"after 0\.1 seconds: no answer from the web"):
        wait_for(Place("127.0.0.1", free_port(), Path("var")))


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        ("", "localhost:8000"),
        ("back.example.org,localhost", "localhost:8000"),
        ("back.example.org", "back.example.org:8000"),
        (".example.org", "example.org:8000"),
    ],
)
def test_it_asks_under_a_name_that_the_server_lets_in(allowed: str, host: str) -> None:
    place = Place("127.0.0.1", 8000, Path("var"))
    assert host_header({"ALLOWED_HOSTS": allowed}, place) == host


def test_the_welcome_says_who_can_open_it() -> None:
    here = welcome(Place("127.0.0.1", 8131, Path("/data")))
    assert "http://localhost:8131" in here
    assert "this computer only" in here
    anywhere = welcome(Place("0.0.0.0", 8131, Path("/data")))
    assert "this computer only" not in anywhere
    assert "a phone needs https" in anywhere


def test_the_procfile_is_read_as_it_stands(tmp_path: Path) -> None:
    procfile = tmp_path / "Procfile"
    procfile.write_text('web: serve --port "${PORT:-8000}"\n\nbeat: tick\n')
    web, beat = read_procfile(procfile)
    assert (web.name, beat.name) == ("web", "beat")
    assert web.command == ("/bin/sh", "-c", 'exec serve --port "${PORT:-8000}"')
