"""How far a long coding is."""

import logging

from tests.texts.files import write

from winloss import texts
from winloss.texts.pace import Pace


def test_each_word_says_how_far(tmp_path, book, caplog):
    """In texts of the file, ever further, up to all; repeated words count as often as they come."""
    rows = [(str(number), f"the fee {number % 2_300}") for number in range(2_600)]
    source = write(tmp_path / "t.csv", ("id", "text"), rows)

    with caplog.at_level(logging.INFO, "winloss"):
        texts.code(texts.Job(source, tmp_path / "o.csv", book))

    shares = [record.__dict__["share"] for record in caplog.records]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1
    assert caplog.messages[-1] == "2,600 of 2,600 texts"


def test_a_rate_is_told_once_it_says_something(caplog, monkeypatch):
    """From the first word on: what was learned before that says nothing of the pace."""
    clock = iter([100.0, 100.0, 100.5, 110.0, 120.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    pace = Pace(4_000)

    with caplog.at_level(logging.INFO, "winloss"):
        for done in (1_000, 1_500, 2_000, 4_000):
            pace.say(done)

    assert caplog.messages == [
        "1,000 of 4,000 texts",
        "1,500 of 4,000 texts",
        "2,000 of 4,000 texts, 100 a second, 0:00:20 left",
        "4,000 of 4,000 texts",
    ]
