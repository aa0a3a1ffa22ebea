"""Real SMTP servers on loopback, each answering in its own way."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from winloss.mail import compose
from winloss.reporting import Edition
from winloss.settings import MailSettings
from winloss.weeks import Week


@dataclass
class Mailbox:
    """What a server took, and how it answers."""

    mails: list[bytes] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    refused: str = "nobody@example.com"
    answer: str = "250 taken"
    drops: bool = False
    waits: float = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if address == self.refused:
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content
        assert content is not None
        self.mails.append(content)
        self.readers += envelope.rcpt_tos
        await asyncio.sleep(self.waits)
        if self.drops and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return self.answer


@dataclass(frozen=True)
class Post:
    """A running server: its mailbox, and the settings that reach it."""

    box: Mailbox
    mail: MailSettings
    password: SecretStr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve() -> Iterator[Callable[..., Post]]:
    """Start servers with aiosmtpd's own options; they stop with the test."""
    running = []

    def start(security: str = "none", user: str = "", **options: Any) -> Post:
        box = Mailbox()
        controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **options)
        controller.start()
        running.append(controller)
        settings = MailSettings.model_validate(
            {
                "sender": "Harbourline <why@harbourline.example>",
                "host": "localhost",
                "port": controller.port,
                "security": security,
                "user": user,
                "timeout_seconds": 5,
            }
        )
        return Post(box, settings, SecretStr("right"))

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def knows() -> Callable[..., AuthResult]:
    """An authenticator that knows one user and one password."""

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=data == LoginPassword(b"harbour", b"right"), handled=False)

    return check


@pytest.fixture
def edition() -> Edition:
    """A weekly edition for everybody."""
    return Edition("weekly", Week.parse("2026-W40"), "all", datetime(2026, 10, 5, 4, 0, tzinfo=UTC))


@pytest.fixture
def write(edition: Edition):
    """Compose a mail to a reader, with anything about it changed."""

    def make(reader: str = "ada@harbourline.example", **changes):
        given = {
            "subject": "“We’d have been on our own”: 3 of 4",
            "text": "“We’d have been on our own”\n.\nThree of four said so — naïve, we were.\n",
            "html": "<p>“We’d have been on our own”</p>",
            "sender": "Harbourline <why@harbourline.example>",
        }
        return compose(edition, reader=reader, **(given | changes))

    return make


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "home" / "outbox"
