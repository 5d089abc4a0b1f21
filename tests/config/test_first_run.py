"""The first start makes the secrets, privately and once; a damaged one stops the server."""

import base64
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from backend.config import first_run
from backend.config.env import ConfigError

AT_ONCE = 8
ROOT = Path(__file__).parents[2]
KEY = ec.derive_private_key(2**250 + 12345, ec.SECP256R1())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def pem(key: PrivateKeyTypes) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def raw(key: ec.EllipticCurvePrivateKey) -> str:
    number = key.private_numbers().private_value.to_bytes(32)
    return base64.urlsafe_b64encode(number).rstrip(b"=").decode()


def test_the_data_folder_is_made_for_this_user_only(tmp_path: Path) -> None:
    folder = first_run.data_folder(tmp_path / "new" / "var")
    assert mode(folder) == 0o700


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "var"
    path.write_text("")
    with pytest.raises(ConfigError, match=f"^DATA_DIR {path} can't be made: File exists$"):
        first_run.data_folder(path)


def test_a_file_above_the_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(ConfigError, match=f"^DATA_DIR {path}/var can't be made: Not a directory$"):
        first_run.data_folder(path / "var")


def test_both_secrets_are_files_of_this_user_only(tmp_path: Path) -> None:
    first_run.secret_key(tmp_path)
    first_run.vapid_pem(tmp_path)
    found = {path.name: mode(path) for path in tmp_path.iterdir()}
    assert found == {"secret_key": 0o600, "vapid_private.pem": 0o600}


def test_a_second_start_finds_the_same_secrets(tmp_path: Path) -> None:
    first = first_run.secret_key(tmp_path), first_run.vapid_pem(tmp_path)
    assert (first_run.secret_key(tmp_path), first_run.vapid_pem(tmp_path)) == first


def test_two_servers_never_share_secrets(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert first_run.secret_key(one) != first_run.secret_key(other)
    assert first_run.vapid_pem(one) != first_run.vapid_pem(other)


def test_the_made_vapid_key_is_one_that_it_can_use(tmp_path: Path) -> None:
    key = first_run.vapid_key(first_run.vapid_pem(tmp_path), origin="the file")
    assert key.curve.name == "secp256r1"


def test_threads_that_start_together_agree(tmp_path: Path) -> None:
    start = Barrier(AT_ONCE)

    def make(_: int) -> str:
        start.wait()
        return first_run.secret_key(tmp_path)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert len(set(pool.map(make, range(AT_ONCE)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from backend.config import first_run; print('ready', flush=True);"
        "sys.stdin.readline(); print(repr(first_run.vapid_pem(pathlib.Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE))
            for _ in range(3)
        ]
        pipes = [(one.stdin, one.stdout) for one in processes if one.stdin and one.stdout]
        assert [out.readline() for _, out in pipes] == [b"ready\n"] * 3
        for go, _ in pipes:
            go.close()
        assert len({out.read() for _, out in pipes}) == 1
    assert [one.returncode for one in processes] == [0, 0, 0]


def test_a_folder_that_went_away_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="secret_key can't be written: No such file"):
        first_run.secret_key(tmp_path / "gone")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is damaged: it is empty"),
        (b"\n", "is damaged: it is empty"),
        (b"half-a-key", "is damaged: a secret key has 50 or more characters"),
        (b"\x80\x81\x82" * 40, "is damaged: it is not text"),
    ],
)
def test_a_damaged_secret_key_is_named_and_kept(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "secret_key"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=f"^{path} {problem}$"):
        first_run.secret_key(tmp_path)
    assert path.read_bytes() == content


def test_a_folder_in_a_secrets_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(ConfigError, match="secret_key can't be read: Is a directory"):
        first_run.secret_key(tmp_path)


@pytest.mark.parametrize("form", [pem, raw])
def test_a_vapid_key_may_be_pem_or_raw(form: Callable[[ec.EllipticCurvePrivateKey], str]) -> None:
    found = first_run.vapid_key(form(KEY), origin="VAPID_PRIVATE_KEY")
    assert found.private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "hell",  # decodes, to three bytes: any number would make a key
        raw(KEY)[:-2],
        raw(KEY) + "AAAA",
        base64.urlsafe_b64encode(bytes(32)).decode(),
        base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        "ümläut",
        pem(KEY)[:120],
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    ],
)
def test_what_holds_no_private_key_is_damaged(value: str) -> None:
    with pytest.raises(ConfigError, match=r"^the file is damaged: it holds no P-256 private key$"):
        first_run.vapid_key(value, origin="the file")


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP256K1()),
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["P-384", "secp256k1", "RSA", "Ed25519"],
)
def test_a_key_of_another_kind_is_refused(key: PrivateKeyTypes) -> None:
    with pytest.raises(ConfigError, match=r"^the file holds a key that is not on P-256$"):
        first_run.vapid_key(pem(key), origin="the file")
