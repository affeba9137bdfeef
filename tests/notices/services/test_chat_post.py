"""Posting to a webhook: where it may go, how long it may take, and what is said when it fails."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from common.errors import InvalidInput
from notices.services import chat_post
from notices.services.chat_post import ChatPostError, post_to_hook, read_hook_url


class Hook(BaseHTTPRequestHandler):
    """Answers what the path asks for, and keeps what it was sent."""

    got: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((self.path, body))
        status = int(self.path.split("/")[1].split("?")[0])
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/200/elsewhere")
        self.end_headers()
        self.wfile.write(b"secret words")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def hook(settings: Any) -> Iterator[str]:
    settings.CHAT_ALLOWS_PRIVATE = True
    Hook.got = []
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_arrives_as_json(hook: str) -> None:
    post_to_hook(f"{hook}/200/T0?x=1", {"text": "Grüße"})
    ((path, body),) = Hook.got
    assert path == "/200/T0?x=1"
    assert json.loads(body) == {"text": "Grüße"}


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_everything_but_a_yes_is_an_error_that_names_the_host_alone(hook: str, status: int) -> None:
    with pytest.raises(ChatPostError) as caught:
        post_to_hook(f"{hook}/{status}/top-secret", {})
    assert str(caught.value) == f"127.0.0.1 answered {status}."
    assert len(Hook.got) == 1


def test_a_silent_product_is_left_after_its_time(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHAT_ALLOWS_PRIVATE = True
    monkeypatch.setattr(chat_post, "TIMEOUT_SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(ChatPostError, match=r"could not be reached: TimeoutError\.$"):
            post_to_hook(f"http://127.0.0.1:{silent.getsockname()[1]}/secret", {})
    assert time.monotonic() - began < 3


def test_a_product_that_drips_is_left_as_well(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHAT_ALLOWS_PRIVATE = True
    monkeypatch.setattr(chat_post, "TIMEOUT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                for _ in range(40):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(ChatPostError):
            post_to_hook(f"http://127.0.0.1:{server.getsockname()[1]}/", {})
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_the_own_network_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the address is written down or a name leads to it."""
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(InvalidInput):
        read_hook_url(f"https://{literal}/hook")

    def lies(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", lies)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it was reached"))
    with pytest.raises(ChatPostError, match="lies in a private network"):
        post_to_hook("https://chat.example/secret", {})


def test_a_lookup_without_end_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: is_over.wait(20))
    monkeypatch.setattr(chat_post, "TIMEOUT_SECONDS", 0.05)
    begun = time.monotonic()
    with pytest.raises(ChatPostError, match=r"^chat.example could not be reached: TimeoutError\.$"):
        post_to_hook("https://chat.example/secret", {})
    assert time.monotonic() - begun < 5
    is_over.set()


def test_the_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was allowed is what is connected to; a second answer cannot lead elsewhere."""
    reached: list[Any] = []

    def connect(address: Any, **_: Any) -> Any:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.216.34", 443))])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ChatPostError, match=r"^chat.example could not be reached: ConnectionRefusedError\.$"):
        post_to_hook("https://chat.example/secret", {})
    assert reached == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    "url",
    [
        *("", "chat.example/x", "http://chat.example/x", "ftp://chat.example/x", "https://", "https:///x"),
        *("https://user:word@chat.example/x", "https://chat.example:0/x", "https://chat.example/\nx"),
        *("https://chat.example:99999/x", "javascript:alert(1)", "https://[::1", "https://chat example/"),
        "http://127.0.0.1/x",
        "https://chat.example/" + "x" * 2_000,
    ],
)
def test_what_an_address_may_not_be(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_hook_url(url)
    assert caught.value.problems[0].field == "url"


def test_what_an_address_may_be(settings: Any) -> None:
    assert read_hook_url("  https://chat.example/hooks/1?x=2  ") == "https://chat.example/hooks/1?x=2"
    settings.CHAT_ALLOWS_PRIVATE = True
    assert read_hook_url("https://10.0.0.8/hook")
    assert read_hook_url("http://localhost:9000/hook")
    with pytest.raises(InvalidInput):
        read_hook_url("http://10.0.0.8/hook")
    with pytest.raises(ChatPostError, match="not https"):
        post_to_hook("http://10.0.0.8/hook", {})
