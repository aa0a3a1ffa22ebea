"""The sample's year: as many decisions, answers and wrong beliefs as it promises."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from winloss import sample
from winloss.sample import words

Item = dict[str, Any]
MONDAY = date(2026, 9, 28)


def test_year_of_decisions(full: Any) -> None:
    """About 25 decisions a week for a year, of four kinds, and some sixty still open."""
    rows = list(full.decisions().values())

    closed = [row for row in rows if row["Last Stage"]]

    weeks = Counter(full.day(row["Close Date"]).isocalendar()[:2] for row in closed)
    assert len(weeks) == 52
    assert 24 <= len(closed) / 52 <= 27
    assert {row["Stage"] for row in closed} == {"Closed Lost", "Closed Won", "Cancelled", "Renewed"}
    assert len(rows) - len(closed) == 60
    assert len({row["Owner Team"] for row in rows}) == 3
    assert len(full.rows("accounts.csv")) == 160


def test_shares_of_asking(full: Any) -> None:
    """Most defections are asked about, some late, some never; a third of the asked answer."""
    defections = full.defections()
    asked = {
        row["Opportunity ID"]: row
        for row in full.rows("invitations.csv")
        if row["Opportunity ID"] in defections
    }
    due = [one for one, row in defections.items() if full.day(row["Close Date"]) < MONDAY]

    heard = {item["hidden"]["decision_id"] for item in full.heard()}
    lateness = [
        (full.day(row["Sent At"][:10]) - full.day(defections[one]["Close Date"])).days
        for one, row in asked.items()
    ]

    assert 0.80 <= len(asked) / len(due) <= 0.90
    assert 0.28 <= len(heard) / len(asked) <= 0.38
    assert 0.06 <= sum(days >= 20 for days in lateness) / len(lateness) <= 0.18
    assert heard <= asked.keys()


def test_losers_answer_less(full: Any) -> None:
    """Those who chose us answer more often than those who did not."""
    asked = {(row["Survey"], row["Opportunity ID"]) for row in full.rows("invitations.csv")}
    answered = {
        (kind, item["hidden"].get("decision_id"))
        for kind, item in full.items()
        if item["response_type"] == "completed"
    }

    surveys, kinds = Counter(name for name, _ in asked), Counter(name for name, _ in answered)
    lost = kinds["lost_deal"] / surveys["Lost deal survey"]
    won = kinds["won_deal"] / surveys["Won deal survey"]
    assert lost < won


def test_answers_come_in_time(full: Any) -> None:
    """Nobody answers before being asked, after the survey closed, or after the run."""
    asked = {
        (row["Opportunity ID"], row["Contact ID"]): row for row in full.rows("invitations.csv")
    }

    days = []
    for item in full.heard():
        row = asked[item["hidden"]["decision_id"], item["hidden"]["respondent"]]
        answered = datetime.fromisoformat(item["submitted_at"])
        assert datetime.fromisoformat(item["landed_at"]) < answered < sample.NOW
        assert full.day(row["Sent At"][:10]) <= answered.date() <= full.day(row["Closes At"][:10])
        days.append((full.day(row["Closes At"][:10]) - answered.date()).days)

    assert sum(left <= 2 for left in days) >= 5
    assert max(days) > 30


def test_match_of_sellers(full: Any) -> None:
    """Sellers are right, partly right and wrong about as often as the field reports."""
    by_text = {word.text: word for word in words.verbatims()}
    parents = {row["reason"]: row["parent"] or row["reason"] for row in full.seed("reasons.csv")}
    meaning = {row["seller_value"]: row["reason"] for row in full.seed("seller_reasons.csv")}
    defections = full.defections()
    theirs: dict[str, list[words.Word]] = defaultdict(list)
    for item in full.heard():
        word = by_text.get(full.said(item, "what_happened"))
        if word is not None and word.reason:
            theirs[item["hidden"]["decision_id"]].append(word)

    verdicts: Counter[str] = Counter()
    for decision_id, said in theirs.items():
        ours = meaning.get(defections[decision_id]["Loss Reason"].lower(), "")
        first = {word.reason for word in said}
        near = {parents[code] for word in said for code in (word.reason, *word.also) if code}
        is_near = bool(ours) and parents[ours] in near
        verdict = "right" if first == {ours} else "partly" if is_near else "wrong"
        verdicts[verdict if ours else "unstated"] += 1

    stated = verdicts.total() - verdicts["unstated"]
    assert stated > 100
    assert 0.35 <= verdicts["right"] / stated <= 0.45
    assert 0.23 <= verdicts["partly"] / stated <= 0.33
    assert 0.27 <= verdicts["wrong"] / stated <= 0.37
    assert 0.04 <= verdicts["unstated"] / verdicts.total() <= 0.15


def test_price_is_over_called(full: Any) -> None:
    """Sellers name price for more of the heard decisions than customers' words do."""
    prices = {word.text for word in words.verbatims() if word.reason == "price_level"}
    heard, defections = full.heard(), full.defections()

    ours = sum(
        defections[item["hidden"]["decision_id"]]["Loss Reason"] == "Price" for item in heard
    )
    theirs = sum(full.said(item, "what_happened") in prices for item in heard)

    assert ours > 1.5 * theirs
    assert ours > 0.2 * len(heard)


def test_words_are_not_worn_out(full: Any) -> None:
    """Hundreds of different verbatims; each used once or twice, and no invented third time."""
    refs = ("what_happened", "would_have_changed", "goal", "missed", "right_deal")
    completed = [item for _, item in full.items() if item["response_type"] == "completed"]

    uses = Counter(
        said for item in completed for ref in refs if (said := full.said(item, ref)) is not None
    )

    assert len(uses) >= 300
    assert max(uses.values()) <= 2
    languages = {word.language for word in words.verbatims() if word.text in uses}
    assert len(languages) >= 3
    assert any("<script>" in text for text in uses)


def test_tick_and_words_disagree(full: Any) -> None:
    """Some tick one reason and write another; most of them tick price."""
    reason = {word.text: word.reason for word in words.verbatims()}

    pairs = [
        (full.said(item, "reason_chosen"), reason.get(full.said(item, "what_happened")))
        for item in full.heard()
    ]

    both = [(ticked, wrote) for ticked, wrote in pairs if ticked and wrote]
    differing = [ticked for ticked, wrote in both if ticked != wrote]
    assert 0.2 <= len(differing) / len(both) <= 0.8
    assert Counter(differing).most_common(1)[0][0] == "price_level"


def test_every_consent(full: Any) -> None:
    """Both consent questions are answered in every way, also not at all."""
    heard = full.heard()

    may_quote = Counter(full.said(item, "may_quote") for item in heard)
    may_see = Counter(full.said(item, "may_see") for item in heard)

    assert set(may_quote) == {"named", "unnamed", "counted", None}
    assert set(may_see) == {True, False, None}
    assert min(may_quote.values()) >= 10
    assert min(may_see.values()) >= 10
    assert sum(bool(full.said(item, "call_me")) for item in heard) >= 3


def test_respondents_disagree(full: Any) -> None:
    """Several decisions have two respondents, with different reasons."""
    reason = {word.text: word.reason for word in words.verbatims()}
    said = defaultdict(list)
    for item in full.heard():
        said[item["hidden"]["decision_id"]].append(reason.get(full.said(item, "what_happened")))

    twice = [reasons for reasons in said.values() if len(reasons) == 2]

    assert len(twice) >= 5
    assert all(first != second for first, second in twice)
