"""Work in progress is shown on a terminal as it changes, and elsewhere in few lines."""

import io
import logging
import time

import pytest
from rich.console import Console

from winloss.running import showing

log = logging.getLogger("winloss")


@pytest.fixture
def screen(monkeypatch):
    """What a console without a terminal, or with one, was given."""

    def make(*, is_terminal: bool) -> io.StringIO:
        written = io.StringIO()
        console = Console(
            file=written, force_terminal=is_terminal, width=80, highlight=False, color_system=None
        )
        monkeypatch.setattr(showing, "_progress", console)
        return written

    return make


def _read(share: float | None, said: str) -> None:
    log.info("%s", said, extra={"share": share})


def test_without_a_terminal_a_long_reading_is_few_lines(screen):
    """Its first, then one in five seconds, and its last before anything else is said."""
    written = screen(is_terminal=False)

    with showing.progress("pulling"):
        for number in range(1000):
            _read(number / 999, f"{number} of 999")
        log.info("landing")
        _read(None, "1 of 2")
        _read(None, "2 of 2")

    assert written.getvalue().splitlines() == [
        "pulling",
        "0 of 999",
        "999 of 999",
        "landing",
        "2 of 2",
    ]


def test_without_a_terminal_a_wait_of_five_seconds_is_not_silent(screen, monkeypatch):
    written = screen(is_terminal=False)
    monkeypatch.setattr(showing, "_SECONDS_BETWEEN_LINES", 0.05)

    with showing.progress("pulling"):
        for number in range(4):
            _read(number / 4, f"{number} of 4")
            time.sleep(0.06)

    assert written.getvalue().splitlines() == ["pulling", *(f"{n} of 4" for n in range(4))]


def test_a_last_line_that_was_said_already_is_not_said_again(screen):
    written = screen(is_terminal=False)

    with showing.progress("pulling"):
        _read(0.0, "0 of 2")
        _read(0.0, "0 of 2")

    assert written.getvalue().splitlines() == ["pulling", "0 of 2"]


def test_a_step_that_is_begun_again_is_said_once(screen):
    """Each edition is reported on its own, and a list of equal lines says nothing."""
    written = screen(is_terminal=False)

    with showing.progress("writing the report"):
        log.info("writing the report")
        log.info("publishing")
        log.info("writing the report")
        _read(0.0, "0 of 2")
        log.info("writing the report")

    assert written.getvalue().splitlines() == [
        "writing the report",
        "publishing",
        "writing the report",
        "0 of 2",
        "writing the report",
    ]


def test_an_error_leaves_the_last_line_said(screen):
    written = screen(is_terminal=False)

    def fail() -> None:
        with showing.progress("pulling"):
            _read(0.1, "one")
            _read(0.2, "two")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert written.getvalue().splitlines() == ["pulling", "one", "two"]
    assert not log.handlers
    assert log.propagate


def test_a_terminal_shows_a_bar_only_where_the_share_is_known(screen):
    written = screen(is_terminal=True)

    def frame() -> str:
        written.truncate(0)
        written.seek(0)
        time.sleep(0.25)
        return str(written.getvalue())

    with showing.progress("[pulling]"):
        step = frame()
        _read(0.5, "3 of 7 forms, 4,120 of about 9,000 responses, 850 a second, 6 s left")
        reading = frame()
        _read(0.25, "more than was told of")
        less = frame()
        log.info("landing")
        after = frame()

    assert "[pulling] …" in step
    assert "━" not in step
    assert "850 a second, 6 s left" in reading
    assert "━" * 20 in reading
    assert "━" * 20 in less, "a bar does not go back"
    assert "━" * 21 not in reading + less
    assert "landing …" in after
    assert "━" not in after
