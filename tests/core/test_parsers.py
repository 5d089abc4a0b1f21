"""Bodies are JSON that every client reads alike; the rest is refused before a view sees it."""

import json
from io import BytesIO
from typing import Any

import pytest
from rest_framework.exceptions import ParseError

from backend.core.parsers import DEEPEST, LARGEST, InteroperableJSONParser


def parse(body: bytes) -> Any:
    return InteroperableJSONParser().parse(BytesIO(body))


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1.5, LARGEST, "", "a\u0000b", "Rücken 🚶", [], {},
        {"days": [0, 6], "times": ["08:00"], "more": {"deep": [[[None]]]}},
    ],
)  # fmt: skip
def test_ordinary_json_comes_through(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert parse(rb'"\ud83d\udeb6"') == "🚶"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"nonsense", b"{'a': 1}", b'{"a": 1,}', b'"\xff"', b"\xff\xfe[\x00]\x00",
        b"NaN", b"Infinity", b"-Infinity", b"1e999", b"[-1e999]", b"9" * 5000,
        str(LARGEST + 1).encode(), str(-LARGEST - 1).encode(),
        rb'"\ud800"', rb'["\udfff"]', rb'{"\ud800": 1}', rb'{"a": {"b": "\ud83d"}}',
        b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), b'{"a":' * 600 + b"1" + b"}" * 600,
        b"[" * 60_000,
    ],
    ids=lambda body: repr(body[:24]),
)  # fmt: skip
def test_anything_else_is_malformed(body: bytes) -> None:
    with pytest.raises(ParseError) as refusal:
        parse(body)
    assert str(refusal.value).encode()  # can be put into an answer


def test_as_deep_as_allowed_is_allowed() -> None:
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST)


def test_a_charset_in_the_header_changes_nothing() -> None:
    found = InteroperableJSONParser().parse(
        BytesIO("ü".join('""').encode()), None, {"encoding": "latin-1"}
    )
    assert found == "ü"
