"""What they wanted beside what we pitched, and what our conversations were about."""

from typing import Any

from tests.lenses.know_why.judged import Judge, Words, panel, told

GOALS = {
    "asked_count": 20,
    "goal_count": 9,
    "form_count": 4,
    "known_count": 3,
    "pitched_count": 2,
    "shared_count": 1,
    "goal_ids": ["g1", "g2", "g3", "g4", "g5"],
}


def test_goals_and_pitches_are_counts(judge: Judge, words: Words) -> None:
    """Their goals are quoted; our notes and pitches are counted, each of whoever could have any."""
    words.write("g1", "Stop the queue reaching the roundabout.", ref="goal")
    words.write("g2", "I wanted my Saturdays back.", "counted", ref="goal")

    section = judge(goals=[GOALS])

    assert [count for _, count in told(section, "goals")] == [
        "45 % (9 of 20, likely 26 to 66 %)",
        "4 of 9 (likely 19 to 73 %)",
        "3 of 4",
        "2 of 4",
        "1 of 3",
    ]
    found = panel(section, "wanted")
    assert found is not None
    assert [quote.text for quote in found.quotes] == ["Stop the queue reaching the roundabout."]


def test_nobody_told_their_goal(judge: Judge) -> None:
    """Without a goal of theirs nothing of ours is counted."""
    nothing = {**GOALS, **dict.fromkeys((key for key in GOALS if key != "asked_count"), 0)}

    section = judge(goals=[{**nothing, "goal_ids": []}])

    assert told(section, "goals") == [
        ("told us what they wanted", "0 % (0 of 20, likely 0 to 16 %)")
    ]


def about(kind: str, count: int, *, is_window: bool, shown: int = 0) -> dict[str, Any]:
    """Whom our conversations were about, all of them about us."""
    return {
        "is_window": is_window,
        "decision_kind": kind,
        "shown_count": shown or count,
        "answered_count": count,
        "about_us_count": count,
        "about_them_count": 0,
        "mean": 1.5,
    }


def test_thin_blocks_count_from_the_beginning(judge: Judge) -> None:
    """Below fifteen in the window all there ever was is shown, and that is said."""
    ever = [about("won", 6, is_window=False, shown=8), about("lost", 4, is_window=False)]

    thin = judge(about=[about("lost", 2, is_window=True), *ever])
    full = judge(about=[about("lost", 15, is_window=True), *ever])

    assert told(thin, "about") == [
        (
            "chose us",
            "6 of 6 (likely 61 to 100 %)",
            "0 of 6 (likely 0 to 39 %)",
            "1.5; 2 left it open",
        ),
        ("chose someone else or nobody", "4 of 4", "0 of 4", "too few to say"),
    ]
    found = panel(thin, "about")
    assert found is not None
    assert "since the beginning" in found.note
    assert [row[0] for row in told(full, "about")] == ["chose someone else or nobody"]


def test_what_we_believe_unheard(judge: Judge) -> None:
    """Exits for which we logged nothing are no belief."""
    section = judge(
        believed=[
            {"seller_reason": "p", "seller_label": "price", "decision_count": 3},
            {"seller_reason": "t", "seller_label": "timing", "decision_count": 1},
            {"decision_count": 2},
        ]
    )

    assert section.believed == (
        "We logged price for three and timing for one; no customer has confirmed it."
    )
