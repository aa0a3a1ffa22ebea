"""The benchmark of coding runs on real text, asks nobody what he has seen, and counts rightly."""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TINY = ("--quick", "--most", "600", "--asked", "40", "--labels", "0", "64", "--without-speed")


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Imports a module of the benchmark as the benchmark itself does, and forgets it."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if name.startswith("coding_"):
            del sys.modules[name]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "coding.py"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.slow
def test_every_contestant_is_asked_and_the_targets_are_named(shared_data: Path) -> None:
    ran = run(str(shared_data / "labelled"), *TINY, "--contestants", "default", "plain")

    assert ran.returncode == 0, ran.stderr
    assert all(word in ran.stdout for word in ("feedback", "airline", "default", "plain"))
    assert "feedback, default, 0 labels: micro" in ran.stdout
    assert "How to read this." in ran.stdout


@pytest.mark.slow
def test_without_the_data_it_says_what_is_missing_and_stops(tmp_path: Path) -> None:
    ran = run(str(tmp_path / "nowhere"))

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Skipped: ")
    assert "feedback.csv is not there." in ran.stdout.replace("\n", "")


def test_nobody_is_asked_what_was_read_or_learned(modules: Any, shared_data: Path) -> None:
    sets = modules("coding_sets").read_sets(shared_data / "labelled", None)

    for task in sets:
        learned, asked = task.divided(1, None)
        first_learned = learned[: len(learned) // 10]

        assert len(asked) == round(task.test_share * len(task.texts))
        assert len(learned) + len(asked) == len(task.texts)
        assert not {each.text_id for each in learned} & {each.text_id for each in asked}
        assert not any(each.was_read for each in [*asked, *first_learned])
        assert {code for each in asked for code in each.codes} == {
            code for each in task.texts for code in each.codes
        }


def test_scores_are_counted_from_codes_and_the_surest_come_first(modules: Any) -> None:
    answer, text = modules("coding_contestants").Answer, modules("coding_sets").Text
    asked = [
        text("1", "dear and slow", {"price": None, "speed": None}),
        text("2", "dear", {"price": None}),
        text("3", "slow", {"speed": None}),
        text("4", "rude", {"staff": None}),
    ]
    answers = [
        answer(frozenset({"price"}), "price", 0.9),
        answer(frozenset({"price", "staff"}), "staff", 0.4),
        answer(frozenset({"speed"}), "speed", 0.8),
        answer(frozenset(), None, 0.0),
    ]

    found = modules("coding_scores").score(asked, answers, ("price", "speed", "staff"))

    assert found.micro == pytest.approx(2 * 3 / (2 * 3 + 3))
    assert found.f1 == {
        "price": pytest.approx(1.0),
        "speed": pytest.approx(2 / 3),
        "staff": pytest.approx(0.0),
    }
    assert found.macro == pytest.approx(5 / 9)
    assert found.accuracy == pytest.approx(0.5)
    assert found.selective == {0.25: 1.0, 0.5: 1.0, 0.75: pytest.approx(2 / 3), 1.0: 0.5}


@pytest.mark.slow
def test_speed_is_measured_on_short_texts_in_a_process_of_its_own(
    modules: Any, shared_data: Path
) -> None:
    found = modules("coding_speed").measured("rules, feedback", shared_data / "labelled")

    assert found.text_count == 4_000
    assert found.characters < 200
    assert found.texts_per_second > 100
    assert 10_000_000 < found.peak < 2_000_000_000
