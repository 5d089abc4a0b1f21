"""The app's page: the same for every address, never stale, and closed to everybody else's code."""

from pathlib import Path

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "svelte-trusted-html backstep",
}
PAGE = "<!doctype html><title>Backstep</title>"


@pytest.fixture(autouse=True)
def dist(settings: Settings, tmp_path: Path) -> Path:
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "index.html").write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize(
    "path", ["/", "/diary", "/you/reminders", "/nobody/knows", "/apiary", "/healthzone", "/%C3%BC"]
)
def test_every_address_without_a_dot_is_the_app(visitor: APIClient, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.content.decode()) == (200, PAGE)
    assert answer["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/missing.png", "/assets/index-12345678.js", "/.env", "/api", "/api/", "/healthz/",
             "/readyz/"],
)  # fmt: skip
def test_a_missing_file_or_address_of_the_server_is_a_real_404(
    visitor: APIClient, path: str
) -> None:
    assert visitor.get(path).status_code == 404


def test_the_page_is_asked_for_anew_each_time(visitor: APIClient) -> None:
    assert "no-cache" in visitor.get("/")["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/missing.png", "/api/v1/push/key", "/healthz"])
def test_only_our_own_code_may_run(visitor: APIClient, path: str) -> None:
    parts = visitor.get(path)["Content-Security-Policy"].split("; ")
    assert dict(part.split(" ", maxsplit=1) for part in parts) == CSP


def test_nobody_frames_sniffs_or_learns_where_a_person_came_from(visitor: APIClient) -> None:
    answer = visitor.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_app_that_is_not_built_says_so(visitor: APIClient, dist: Path) -> None:
    (dist / "index.html").unlink()
    answer = visitor.get("/")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert b"script/server" in answer.content


def test_the_page_sets_no_cookie(visitor: APIClient) -> None:
    assert not visitor.get("/").cookies


def test_the_page_is_only_read(visitor: APIClient) -> None:
    assert visitor.put("/").status_code == 405
