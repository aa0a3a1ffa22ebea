"""Rows that checks are about: each of `STOPPED` ends a run, each of `WARNED` is a caveat."""

from datetime import UTC, datetime
from typing import Any

AS_OF = datetime(2026, 10, 5, 4, tzinfo=UTC)
EARLIER = datetime(2026, 9, 1, 4, tzinfo=UTC)
RESPONSE = {"form_id": "f", "response_id": "r", "response_key": "f/r", "form_kind": "lost_deal"}
COUNTED = {**RESPONSE, "may_quote": "counted", "may_see": False, "fetched_at": EARLIER}
RECEIVED = {**RESPONSE, "response_type": "completed", "signature": "valid", "answer_count": 0}
LINE = {
    **{name: RESPONSE[name] for name in ("form_id", "response_id", "form_kind")},
    "item": "{}",
    "item_hash": "h",
    "fetched_at": EARLIER,
}
PULLED = ("raw.responses", {**LINE, "source": "pull"})
KNOWN = [PULLED, ("staging.responses", RECEIVED), ("marts.responses", COUNTED)]
WORDS = {"response_key": "f/r", "question_ref": "goal", "verbatim_key": "v", "text": "Too dear. "}
SPOKEN = {**WORDS, "may_quote": "counted", "may_see": False}
CUT = {
    "response_key": "f/r",
    "verbatim_key": "v",
    "reason": "budget",
    "span_start": 0,
    "span_end": 9,
}
MEANT = {"response_key": "f/r", "verbatim_key": "v", "reason": "budget", "confidence": 0.5}
ANSWER_KEY = {"response_key": "f/r", "question_ref": "goal"}
ANSWER = {**ANSWER_KEY, "position": 1}
RATED = {**ANSWER_KEY, "is_answered": False, "number_value": 4, "scale_max": 10}
COMPARED = {"text_count": 2, "one_count": 0, "neither_count": 0}
FINDING = {
    "edition_id": "e",
    "lens": "drivers",
    "position": 1,
    "claim": "price",
    "row_ids": ["r"],
    "figure_count": 1,
    "figure_total": 2,
    "codebook_version": "b",
    "as_of": AS_OF,
}

Rows = list[tuple[str, dict[str, Any]]]


def typed(*texts: str) -> Rows:
    """A response in order, which answers one open question, once or again."""
    answers = [{**ANSWER, "text_value": text, "position": n} for n, text in enumerate(texts)]
    return [
        PULLED,
        ("staging.responses", {**RECEIVED, "answer_count": len(texts)}),
        ("marts.responses", COUNTED),
        *(("staging.answers", answer) for answer in answers),
        ("marts.answers", {**ANSWER_KEY, "is_answered": True}),
    ]


def heard(text: str) -> Rows:
    """What is held as its verbatim."""
    return [
        ("staging.verbatims", {**ANSWER_KEY, "text": text}),
        ("marts.verbatims", {**SPOKEN, "text": text}),
    ]


_CODED = {"text_hash": "t", "stance": "against"}

STOPPED: dict[str, list[Rows]] = {
    "codes_lost": [
        [("staging.codings", {**_CODED, "code_count": 2}), ("staging.codes", _CODED)],
        [("staging.codings", {**_CODED, "code_count": 0}), ("staging.codes", _CODED)],
        [("staging.codes", _CODED)],
    ],
    "answers_lost": [
        [PULLED, ("staging.responses", {**RECEIVED, "answer_count": 2})],
        [PULLED, ("staging.responses", RECEIVED), ("staging.answers", ANSWER)],
    ],
    "answers_lost_in_marts": [
        [
            *(PULLED, ("staging.responses", {**RECEIVED, "answer_count": 1})),
            *(("marts.responses", COUNTED), ("staging.answers", ANSWER)),
        ],
        [*KNOWN, ("staging.verbatims", {"response_key": "f/r", "question_ref": "goal"})],
    ],
    "code_without_evidence": [
        [*KNOWN, ("marts.verbatims", SPOKEN), ("marts.codes", {**MEANT, **span})]
        for span in (
            {},
            {"span_start": 0},
            {"span_start": -1, "span_end": 3},
            {"span_start": 3, "span_end": 3},
            {"span_start": 0, "span_end": 11},
            {"span_start": 9, "span_end": 10},
        )
    ],
    "questions_lost": [
        [*KNOWN, ("staging.questions", {"form_id": "f", "their_ref": "goal"})],
        [
            *KNOWN,
            ("seeds.question_map", {"form_id": "f", "their_ref": "g", "question_ref": "goal"}),
            ("staging.questions", {"form_id": "f", "their_ref": "g"}),
        ],
    ],
    "ratings_lost": [
        [*KNOWN, ("marts.answers", RATED)],
        [
            *(*KNOWN, ("marts.answers", RATED)),
            ("marts.ratings", {**ANSWER_KEY, "rating": 3}),
        ],
    ],
    "rejected_row_counted": [
        [PULLED, ("marts.responses", COUNTED)],
        *(
            [PULLED, ("staging.responses", {**RECEIVED, **fault}), ("marts.responses", COUNTED)]
            for fault in (
                {"response_type": "partial"},
                {"signature": "invalid"},
                {"signature": "missing"},
                {"signature": None},
            )
        ),
        [
            *KNOWN,
            (
                "raw.responses",
                {**LINE, "source": "sweep", "item": '{"is_deleted": true}', "fetched_at": AS_OF},
            ),
        ],
    ],
    "response_lost": [[PULLED]],
    "share_out_of_bounds": [
        [("seeds.reasons", {"reason": "budget"}), *rows]
        for rows in (
            [*KNOWN, ("marts.verbatims", SPOKEN), ("marts.codes", {**CUT, "confidence": 1.1})],
            [("marts.agreement", {"overlap": 1.2})],
            [("marts.agreement", {"alpha": 0.9, "alpha_low": 0.1, "alpha_high": 0.8})],
            [("marts.agreement", {**COMPARED, "both_count": 3})],
            [("marts.codebook_changes", {"text_count": 2, "moved_count": 3})],
            [("marts.findings", {**FINDING, "figure_count": 3})],
            [("marts.findings", {**FINDING, "low": 0.4, "high": 0.3})],
            [("marts.findings", {**FINDING, "low": 0.4, "high": 1.3})],
        )
    ],
    "words_lost": [
        typed("Too dear. "),
        [*typed("Too dear. "), *heard("TOO DEAR. ")],
        # Of two answers to one question the later one is the verbatim.
        [*typed("Too dear. ", "Too late. "), *heard("Too dear. ")],
        [*KNOWN, *heard("Too dear. ")],
    ],
    "words_without_consent": [
        [*KNOWN[:2], ("marts.responses", {**COUNTED, "may_quote": "unnamed"})],
        [*KNOWN[:2], ("marts.responses", {**COUNTED, "may_see": True})],
        [*KNOWN, ("marts.verbatims", {**SPOKEN, "may_quote": "unnamed"})],
        [*KNOWN, ("marts.verbatims", {**SPOKEN, "may_see": True})],
    ],
}

WARNED: dict[str, Rows] = {
    "amount_without_a_rate": [
        ("staging.decisions", {"decision_id": "d", "amount": 20.0, "currency": "CHF"}),
        ("staging.decisions", {"decision_id": "e", "amount": 20.0, "amount_usd": 22.0}),
        ("staging.decisions", {"decision_id": "f"}),
    ],
    "answer_from_the_future": [
        PULLED,
        ("staging.responses", {**RECEIVED, "submitted_at": datetime(2026, 10, 6, tzinfo=UTC)}),
    ],
    "decided_before_opened": [
        (
            "marts.decisions",
            {"decision_id": "d", "decided_on": "2026-06-01", "opened_on": "2026-06-02"},
        )
    ],
    "decision_without_a_day": [("marts.decisions", {"decision_id": "d"})],
    "rating_off_its_scale": [
        *KNOWN,
        ("marts.answers", {**RATED, "number_value": 11}),
        ("marts.ratings", {**ANSWER_KEY, "rating": 11, "scale_min": 0, "scale_max": 10}),
    ],
}

STAYED: Rows = [
    (relation, {**row, "response_id": "stayed", **({"response_key": "f/stayed"} if key else {})})
    for (relation, row), key in zip(KNOWN, (False, True, True), strict=True)
]
"""A response in order, beside those that checks are about."""

_THERE = {"response_key": "f/stayed", "question_ref": "goal"}

VANISHED: dict[str, tuple[str, Rows]] = {
    "its answers": (
        "sql/checks/stop/answers_lost_in_marts.sql",
        [("staging.answers", {**_THERE, "position": 1})],
    ),
    "its words in the mart": (
        "sql/checks/stop/answers_lost_in_marts.sql",
        [("staging.verbatims", {**_THERE, "text": "Too dear."})],
    ),
    "its words before": (
        "sql/checks/stop/words_lost.sql",
        [
            ("marts.verbatims", {**SPOKEN, **_THERE}),
            ("marts.answers", _THERE),
            ("staging.answers", {**_THERE, "position": 1, "text_value": "Too dear."}),
        ],
    ),
    "the words of one that is in no mart": (
        "sql/checks/stop/words_lost.sql",
        [
            (
                "staging.responses",
                {**RECEIVED, "response_key": "f/p", "response_id": "p", "response_type": "partial"},
            ),
            (
                "staging.answers",
                {**_THERE, "response_key": "f/p", "position": 1, "text_value": "Too dear."},
            ),
        ],
    ),
    "its numbers": (
        "sql/checks/stop/ratings_lost.sql",
        [("marts.answers", {**RATED, **_THERE})],
    ),
    "whose it is": ("sql/links.csv to marts.responses", [("marts.answers", {"position": 1})]),
    "itself": ("sql/links.csv to marts.responses", [("marts.ladder", {"response_key": "gone"})]),
    "itself, with words": (
        "sql/checks/stop/words_lost.sql",
        [("staging.verbatims", {**_THERE, "response_key": "gone", "text": "Too dear."})],
    ),
}
"""What is lost of a response that is not made anew, and the check that finds it."""
