"""What a run ends by saying: where the mail went, truly."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from winloss import running
from winloss.steps import Delivered

READERS = ("maren@harbourline.example", "gideon@harbourline.example")


@pytest.mark.parametrize(
    ("delivered", "readers", "said"),
    [
        (
            Delivered(("winloss@localhost",), (), Path("out/outbox/weekly")),
            (),
            "written to     out/outbox (no mail server is set)\n",
        ),
        (
            Delivered((), ("winloss@localhost",), Path("out/outbox/weekly")),
            (),
            "already in     out/outbox (no mail server is set)\n",
        ),
        (
            Delivered(READERS[:1], READERS[1:], Path("out/outbox/weekly")),
            READERS,
            (
                "written to     out/outbox (no mail server is set)\n"
                "addressed to   maren@harbourline.example\n"
                "had it already gideon@harbourline.example\n"
            ),
        ),
        (
            Delivered(READERS[:1], READERS[1:], None),
            READERS,
            "delivered to   maren@harbourline.example\nhad it already gideon@harbourline.example\n",
        ),
        (Delivered(("ops@harbourline.example",), (), None), (), "delivered to   ops@harbourline"),
    ],
)
def test_where_the_mail_went(
    delivered: Delivered,
    readers: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nobody is said to have got what was only written to a folder."""
    made = SimpleNamespace(subject="Subject", headlines=(), folder=Path("out"), others=())

    running.show(made, delivered, Path("out/published"), readers)

    printed = capsys.readouterr().out
    after = printed.partition("for analysts   out/published\n")[2]
    assert after.startswith(said)
    assert "localhost" not in printed
