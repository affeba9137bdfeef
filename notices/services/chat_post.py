"""Posting to an incoming webhook: https, no redirects, five seconds, and never into the own network."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from common.errors import InvalidInput
from notices.rules.chat_host import host_of

TIMEOUT_SECONDS = 5
LONGEST_STATUS_LINE = 1_024
LONGEST_URL = 2_000
DEFAULT_PORTS = {"https": 443, "http": 80}
WRAPPING_NETWORKS = tuple(
    ipaddress.ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""Addresses that hold another one, which may be private: translation and tunnels."""
NOT_HTTPS = "An address that begins with https:// would do."


class ChatPostError(Exception):
    """The chat product did not take the message; the words name its host at most, never the address."""


def read_hook_url(url: str, *, field: str = "url") -> str:
    """The address without surrounding blanks; InvalidInput unless it can be one of a chat product.

    Whether its host lies in the own network is looked up again with every message.
    """
    tidy = url.strip()
    if not tidy:
        raise InvalidInput.of(field, "required", "Paste the address of the incoming webhook.")
    if len(tidy) > LONGEST_URL:
        raise InvalidInput.of(field, "too_long", f"At most {LONGEST_URL} characters.")
    if any(not sign.isprintable() or sign.isspace() for sign in tidy):
        raise InvalidInput.of(field, "invalid", NOT_HTTPS)
    try:
        parts = urlsplit(tidy)
        is_usable = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        raise InvalidInput.of(field, "invalid", NOT_HTTPS) from None
    host = parts.hostname or ""
    literal = _literal(host)
    is_here = host == "localhost" or (literal is not None and literal.is_loopback)
    is_secure = parts.scheme == "https" or (
        parts.scheme == "http" and is_here and settings.CHAT_ALLOWS_PRIVATE
    )
    if not is_usable or not is_secure:
        raise InvalidInput.of(field, "invalid", NOT_HTTPS)
    if literal is not None and not _is_allowed(literal):
        raise InvalidInput.of(field, "private", "This address lies in a private network.")
    return tidy


def post_to_hook(url: str, body: dict[str, Any]) -> None:
    """Post the body as JSON; ChatPostError for every answer but a 2xx, a refused host or silence."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    content = json.dumps(body).encode()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        address = _resolve(host, parts.port or DEFAULT_PORTS.get(parts.scheme, 0), parts.scheme, deadline)
        with socket.create_connection(address, timeout=_left(deadline)) as plain_socket:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                with context.wrap_socket(plain_socket, server_hostname=host) as secure_socket:
                    status = _exchange(secure_socket, _request(parts, content), deadline)
            else:
                status = _exchange(plain_socket, _request(parts, content), deadline)
    except (OSError, ValueError) as error:
        raise ChatPostError(f"{host_of(url)} could not be reached: {type(error).__name__}.") from None
    if not 200 <= status < 300:
        raise ChatPostError(f"{host} answered {status}.")


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Only addresses of the public internet, unless the installation allows its own network."""
    if settings.CHAT_ALLOWS_PRIVATE:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_allowed(address.ipv4_mapped)
        if any(address in network for network in WRAPPING_NETWORKS):
            return False
    return address.is_global and not address.is_multicast


def _resolve(host: str, port: int, scheme: str, deadline: float) -> tuple[str, int]:
    """The one address that is connected to. Every answer must be allowed, and the name is not looked up again."""
    addresses = [ipaddress.ip_address(text.split("%")[0]) for text in _look_up(host, port, deadline)]
    is_secure = scheme == "https" or (scheme == "http" and all(address.is_loopback for address in addresses))
    if not is_secure:
        raise ChatPostError("The address is not https.")
    if not addresses or not all(_is_allowed(address) for address in addresses):
        raise ChatPostError(f"{host} lies in a private network.")
    return str(addresses[0]), port


def _look_up(host: str, port: int, deadline: float) -> list[str]:
    """The addresses of a host. A lookup has no time limit of its own: one that takes too long is left behind."""
    answers: Queue[list[str] | OSError | ValueError] = Queue(1)

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in rows])
        except (OSError, ValueError) as error:
            answers.put(error)

    Thread(target=ask, name="chat-host", daemon=True).start()
    try:
        found = answers.get(timeout=_left(deadline))
    except Empty:
        raise TimeoutError("the name was not found in time") from None
    if isinstance(found, Exception):
        raise found
    return found


def _request(parts: SplitResult, content: bytes) -> bytes:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host.encode("idna").decode()
    if parts.port and parts.port != DEFAULT_PORTS[parts.scheme]:
        shown = f"{shown}:{parts.port}"
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {shown}",
        "User-Agent: OKR-Platform",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        "Accept: */*",
        "Connection: close",
    ]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + content


def _exchange(connection: socket.socket, request: bytes, deadline: float) -> int:
    """Send the request and read the first line of the answer; nothing else of it matters."""
    connection.settimeout(_left(deadline))
    connection.sendall(request)
    answer = b""
    while b"\n" not in answer and len(answer) < LONGEST_STATUS_LINE:
        connection.settimeout(_left(deadline))
        piece = connection.recv(LONGEST_STATUS_LINE)
        if not piece:
            break
        answer += piece
    words = answer.split(b"\n", 1)[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        raise ValueError("no HTTP answer")
    return int(words[1])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("five seconds are over")
    return left
