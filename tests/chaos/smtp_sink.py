"""A mail server on loopback that keeps who got which message id, and nothing else."""

from __future__ import annotations

import socketserver
import threading
import time
from email import message_from_bytes
from email.policy import default


class _Talk(socketserver.StreamRequestHandler):
    """One client; the few commands that a sender uses."""

    timeout = 30

    def handle(self) -> None:
        self._say("220 sink")
        to: list[str] = []
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"RCPT TO:"):
                to.append(line.split(b"<", 1)[1].split(b">", 1)[0].decode())
            elif verb == b"DATA":
                self._say("354 go on")
                self._keep(to)
                to = []
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 fine")

    def _keep(self, to: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        message_id = str(message_from_bytes(b"".join(lines), policy=default)["Message-ID"]).strip()
        sink = self.server
        assert isinstance(sink, SmtpSink)
        time.sleep(sink.seconds_per_message)
        with sink.guard:
            sink.kept += [(address, message_id) for address in to]

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class SmtpSink(socketserver.ThreadingTCPServer):
    """`kept` holds (address, message id) of every message that was taken, in order."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, seconds_per_message: float) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.seconds_per_message = seconds_per_message
        self.guard = threading.Lock()
        self.kept: list[tuple[str, str]] = []
        threading.Thread(target=self.serve_forever, name="smtp-sink", daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle of a sentence is what this is about."""
