"""The network seam: many bounded POSTs to push services at once, over connections that are kept.

libcurl does the work. No redirects, one total timeout, a bounded answer, no proxies, cookies or
passwords from the environment. Private addresses are refused at the moment of connecting, for each
address that libcurl tries, so a name can't resolve to something else after it was checked.
"""

import os
import socket
import ssl
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import certifi
import pycurl

from backend.push import results
from backend.push.endpoints import is_public_address
from backend.push.results import Outcome, Result

TOTAL_SECONDS = 10.0
ANSWER_BYTES = 2048
LONGEST_SLEEP = 1.0

# How many posts may be under way: at all, and to one service that speaks HTTP/2 (as many streams as
# servers usually allow on a connection), HTTP/1.1 (a connection each), or who knows what so far, as
# it has not answered well yet.
IN_FLIGHT = 300
STREAMS = 100
CONNECTIONS = 32
STRANGERS = 6


@dataclass(slots=True, kw_only=True)
class Post:
    """A request as it goes out. `number` is the sender's own, to know the answer by."""

    number: int
    origin: str
    url: str
    headers: list[str]
    body: bytes
    trusted: bool  # a service that the host runs: may be http, may be on a private address


class Line:
    """One of libcurl's handles, set up once and used for post after post.

    A line serves either services that the host trusts or the public ones, never both.
    """

    def __init__(self, *, trusted: bool, seconds: float) -> None:
        self.trusted = trusted
        self.seconds = seconds
        self.post = Post(number=0, origin="", url="", headers=[], body=b"", trusted=trusted)
        self._body = b""
        self._refused_address = ""
        self._sockets: list[socket.socket] = []
        self.curl = pycurl.Curl()
        self._set_up()

    def _set_up(self) -> None:
        only = pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if self.trusted else 0)
        for option, value in (
            (pycurl.PROTOCOLS, only),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.PROXY, ""),  # also none from the environment
            (pycurl.NOSIGNAL, 1),  # signals and threads do not mix
            (pycurl.TIMEOUT_MS, int(self.seconds * 1000)),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
            (pycurl.SSL_VERIFYPEER, 1),
            (pycurl.SSL_VERIFYHOST, 2),
            (pycurl.CAINFO, certificates()),
            (pycurl.POST, 1),
            (pycurl.WRITEFUNCTION, self._read),
            (pycurl.OPENSOCKETFUNCTION, self._open),
        ):
            self.curl.setopt(option, value)

    def load(self, post: Post, *, multiplexed: bool) -> None:
        self.post = post
        self._body = b""
        self._refused_address = ""
        self.curl.setopt(pycurl.URL, post.url)
        self.curl.setopt(pycurl.HTTPHEADER, post.headers)
        self.curl.setopt(pycurl.POSTFIELDS, post.body)
        # Share a connection rather than open one: with HTTP/1.1 that would be to queue for it.
        self.curl.setopt(pycurl.PIPEWAIT, multiplexed)

    def result(self, error: str) -> Result:
        """A status that came counts, also where the rest of the answer was cut off or missing."""
        self._close_sockets()
        status = self.curl.getinfo(pycurl.RESPONSE_CODE)
        if status >= HTTPStatus.OK:
            wait = self.curl.getinfo(pycurl.RETRY_AFTER)  # from seconds or a date; 0 where absent
            return results.from_status(
                status,
                retry_after=timedelta(seconds=wait) if wait > 0 else None,
                body=self._body.decode("utf-8", "replace").replace("\0", " "),
            )
        if self._refused_address:
            return results.retry(f"{self._refused_address} is not a public address")
        return results.retry(error)

    def _read(self, chunk: bytes) -> int:
        self._body += chunk[: ANSWER_BYTES - len(self._body)]
        return len(chunk) if len(self._body) < ANSWER_BYTES else 0  # 0 makes libcurl hang up

    def _open(self, purpose: int, address: pycurl.CurlSockAddr) -> socket.socket | int:
        host = str(address.addr[0])
        if not self.trusted and not is_public_address(host):
            self._refused_address = host
            return pycurl.SOCKET_BAD
        opened = socket.socket(address.family, address.socktype, address.protocol)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # A kept connection whose other end vanished dies with the posts that it swallowed.
            limit = int(self.seconds * 1000)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, limit)
        self._sockets.append(opened)
        return opened

    def _close_sockets(self) -> None:
        """Ours, not the connection's: libcurl works on copies of what `_open` gave it."""
        for opened in self._sockets:
            opened.close()
        self._sockets.clear()


class Transport:
    """Lines that share their connections. For one thread at a time; see `borrowed`."""

    def __init__(self, *, trusted_origins: frozenset[str], seconds: float) -> None:
        self.trusted_origins = trusted_origins
        self.seconds = seconds
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, CONNECTIONS)
        self._multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, STREAMS)
        self._free: dict[bool, list[Line]] = {True: [], False: []}
        self._busy: dict[pycurl.Curl, Line] = {}
        self._under_way: Counter[str] = Counter()
        self._multiplexed: dict[str, bool] = {}  # by origin, once it has answered well

    @property
    def in_flight(self) -> int:
        return len(self._busy)

    def room(self, origin: str) -> int:
        """How many more posts `start` may take for `origin` now."""
        known = self._multiplexed.get(origin)
        limit = STRANGERS if known is None else STREAMS if known else CONNECTIONS
        return min(limit - self._under_way[origin], IN_FLIGHT - self.in_flight)

    def start(self, post: Post) -> None:
        """Begin to send; the URL must have passed `endpoints.refusal` just before."""
        free = self._free[post.trusted]
        line = free.pop() if free else Line(trusted=post.trusted, seconds=self.seconds)
        line.load(post, multiplexed=self._multiplexed.get(post.origin, False))
        self._multi.add_handle(line.curl)
        self._busy[line.curl] = line
        self._under_way[post.origin] += 1

    def turn(self, *, wait: bool) -> list[tuple[Post, Result]]:
        """Let the network run; answers what ended."""
        if wait and self._busy:
            self._sleep()
        self._multi.perform()
        ended: list[tuple[Post, Result]] = []
        more = 1
        while more:
            more, answered, failed = self._multi.info_read()
            ended += [self._end(curl, "") for curl in answered]
            ended += [self._end(curl, error) for curl, _, error in failed]
        return ended

    def close(self) -> None:
        self._multi.close()

    def _end(self, curl: pycurl.Curl, error: str) -> tuple[Post, Result]:
        line = self._busy.pop(curl)
        origin = line.post.origin
        result = line.result(error)
        if result.status and result.outcome is not Outcome.RETRY:
            version = curl.getinfo(pycurl.INFO_HTTP_VERSION)
            self._multiplexed[origin] = version >= pycurl.CURL_HTTP_VERSION_2_0
        self._multi.remove_handle(curl)
        self._under_way[origin] -= 1
        if not self._under_way[origin]:
            del self._under_way[origin]
        self._free[line.trusted].append(line)
        return line.post, result

    def _sleep(self) -> None:
        """Until something happens, or libcurl has something to time out."""
        due = self._multi.timeout()
        self._multi.select(min(due / 1000, LONGEST_SLEEP) if due >= 0 else LONGEST_SLEEP)


def certificates() -> str:
    """SSL_CERT_FILE or the system's authorities; a machine without any gets Mozilla's."""
    return ssl.get_default_verify_paths().cafile or certifi.where()


# Kept between batches. Whoever sends takes one and brings it back, so threads never share one
# (`pop` and `append` of a list are atomic), and there are as many as ever sent at the same time.
_idle: list[Transport] = []
# Of the process that forked us. To close them here would end its connections, so nobody does.
_inherited: list[Transport] = []


def _leave_to_parent() -> None:
    _inherited.extend(_idle)
    _idle.clear()


os.register_at_fork(after_in_child=_leave_to_parent)


@contextmanager
def borrowed(*, trusted_origins: Collection[str], seconds: float) -> Iterator[Transport]:
    """A transport for one batch, with the connections that earlier batches left open.

    Connections are made anew when the trusted origins change: none that was let through as trusted
    may carry a message once its origin no longer is.
    """
    wanted = (frozenset(trusted_origins), seconds)
    try:
        transport = _idle.pop()
    except IndexError:
        transport = Transport(trusted_origins=wanted[0], seconds=seconds)
    if (transport.trusted_origins, transport.seconds) != wanted:
        transport.close()
        transport = Transport(trusted_origins=wanted[0], seconds=seconds)
    try:
        yield transport
    except BaseException:
        transport.close()  # half-way through something
        raise
    _idle.append(transport)
