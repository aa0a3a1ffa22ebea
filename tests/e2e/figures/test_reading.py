"""How their words were read, and how well, counted again from what went in and what was coded."""

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.e2e.figures import coded as coding
from tests.e2e.figures import page
from tests.e2e.figures.coded import Codes, key
from tests.e2e.figures.files import seed
from tests.e2e.figures.given import FROM, TO, Inputs, Response
from tests.e2e.figures.page import Printed

from winloss import numbers, sample, settings, steps, typeform, warehouse

pytestmark = pytest.mark.slow

Key = tuple[str, str]
LABELS = {row["reason"]: row["label"] for row in seed("reasons")}
OPEN = {
    (row["form_kind"], row["question_ref"])
    for row in typeform.questions().filter("is_verbatim").iter_rows(named=True)
}
WAYS = {
    "model": "by what was learned from people",
    "rules": "by rules",
    "nothing": "read, and nothing named that the codebook knows",
    "unsure": "left open: too unsure to say",
    "language": "left open: in another language",
}


def written(given: Inputs) -> list[Key]:
    """Every answer in words about an exit, of responses since the window began."""
    return [key(each, ref) for each in exits(given) for ref in each.answers if is_open(each, ref)]


def exits(given: Inputs) -> list[Response]:
    """Who told us of an exit since the window began."""
    return [each for each in given.customers if each.is_defection and FROM <= each.on <= TO]


def is_open(response: Response, ref: str) -> bool:
    """Whether somebody wrote something in answer to an open question."""
    text = response.answers[ref]
    return (response.kind, ref) in OPEN and isinstance(text, str) and bool(text.strip())


def way(text: Key, coded: Codes) -> str:
    """How the words were read, where no person has."""
    language, needs_review = coded.codings[text]
    if coders := coded.coders.get(text):
        return "model" if "model" in coders else "rules"
    if language not in {"en", None}:
        return "language"
    return "unsure" if needs_review else "nothing"


def test_how_words_were_read(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Each answer in one way, and in each those that somebody should look at."""
    texts = written(given)
    ways = Counter(way(text, coded) for text in texts)
    doubted = Counter(way(text, coded) for text in texts if coded.codings[text][1])

    told = printed.counts("coverage", "reading")
    open_count = printed.counts("coverage", "reading", column=1)

    assert told == {
        "by people": (0, len(texts)),
        **{label: (ways[name], len(texts)) for name, label in WAYS.items()},
    }
    assert {name: open_count[label] for name, label in WAYS.items()} == {
        name: (doubted[name], ways[name]) for name in WAYS
    }
    assert ways["rules"] > 50
    assert ways["language"]


def test_nobody_has_checked(given: Inputs, printed: Printed, coded: Codes) -> None:
    """The reasons that were read in their words, if asking ended in the window or goes on."""
    told = [
        each
        for each in given.customers
        if each.decision and each.is_defection and each.decision.closes_on >= FROM
    ]
    read = {
        named.reason
        for each in told
        for named in coded.named.get(each.response_id, [])
        if named.source != "chosen"
    }

    said = [line for line in printed.sections.coverage.lines if "Nobody has checked" in line]

    assert len(said) == 1
    assert f"any of the {len(read)} reasons of this edition" in said[0]
    assert said[0] in printed.page.said("coverage")


class Checked:
    """The same programme, in which two people have read some words blind."""

    def __init__(self, home: Path, given: Inputs, coded: Codes) -> None:
        """Ana reads nine in ten as the machine did, Ben as Ana does but for every fifth text."""
        texts = [text for text in sorted(set(written(given))) if coded.codings[text][0] == "en"]
        reasons = sorted({found[0] for text in texts for found in coded.words.get(text, [])})
        self.ana: dict[Key, set[str]] = {}
        for place, text in enumerate(texts):
            read = {found[0] for found in coded.words.get(text, [])}
            swapped = {reasons[place % len(reasons)]}
            self.ana[text] = read ^ swapped if place % 10 == 0 else read
            self.ana[text] -= {"onboarding"} if place % 3 else set()
        self.ben = {
            text: read ^ {"price_level"} if place % 5 == 0 else read
            for place, (text, read) in enumerate(self.ana.items())
            if place % 2 == 0
        }
        self._put(home)
        settings.provide(signing_key=sample.SIGNING_KEY)
        steps.build(home, sample.NOW)
        self.printed = page.printed(home, has_page=False)
        self.coded = coding.codes(home)

    def _put(self, home: Path) -> None:
        programme = settings.read(home)
        rows = [*self._rows("ana", self.ana, 0), *self._rows("ben", self.ben, 1)]
        with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
            labels = pl.DataFrame(rows, infer_schema_length=None)
            then = sample.NOW - timedelta(days=2)
            warehouse.load_records(connection, "labels", labels, key="label_id", now=then)

    def _rows(self, reviewer: str, read: dict[Key, set[str]], day: int) -> list[dict[str, object]]:
        at = sample.NOW - timedelta(days=9 - day)
        return [
            {
                "label_id": f"{reviewer}-{text}-{stance}",
                "text_hash": text,
                "stance": stance,
                "reviewer": reviewer,
                "labelled_at": at,
                "sample": "random",
                "is_blind": True,
                "reason": reason,
                "is_primary": reason and reason == min(reasons),
                "span_start": reason and 0,
                "span_end": reason and 1,
                "codebook_version": "",
            }
            for (text, stance), reasons in read.items()
            for reason in (sorted(reasons) or (None,))
        ]

    def pairs(self, who: str) -> list[tuple[set[str], set[str]]]:
        """What two judges gave each text that both have read."""
        if who == "people":
            return [(self.ana[text], read) for text, read in self.ben.items()]
        # Of two people who differ the one counts who came last.
        last = self.ana | self.ben
        return [
            (read, {found[0] for found in self.coded.words.get(text, [])})
            for text, read in last.items()
        ]


@pytest.fixture(scope="module")
def checked(
    finished: Path, tmp_path_factory: pytest.TempPathFactory, given: Inputs, coded: Codes
) -> Checked:
    """What people read, and what the report says of it."""
    home = tmp_path_factory.mktemp("checked") / "programme"
    shutil.copytree(finished, home)
    return Checked(home, given, coded)


def alpha(pairs: list[tuple[set[str], set[str]]], reason: str) -> float | None:
    """Krippendorff's, by the coincidences of two judges and two values."""
    both = sum(reason in one and reason in other for one, other in pairs)
    apart = sum((reason in one) != (reason in other) for one, other in pairs)
    named, total = 2 * both + apart, 2 * len(pairs)
    if min(both, len(pairs) - both - apart) + apart < numbers.COUNT_ONLY_BELOW:
        return None
    return 1 - (total - 1) * apart / (named * (total - named))


@pytest.mark.parametrize(("who", "column"), [("machine", 0), ("people", 2)])
def test_agreement(who: str, column: int, checked: Checked) -> None:
    """Alpha of each reason, and how many texts both named it in."""
    pairs = checked.pairs(who)
    known = {
        reason: found for reason in sorted(LABELS) if (found := alpha(pairs, reason)) is not None
    }

    rows = checked.printed.rows("coverage", "agreement")

    assert len(known) > 2
    for reason, found in known.items():
        said, figure = rows[LABELS[reason]].cells[column : column + 2]
        assert float(said.said.partition(" ")[0].replace("−", "-")) == pytest.approx(
            found, abs=0.006
        ), reason
        assert f"), {len(pairs)} texts" in said.said
        assert figure.figure is not None
        assert figure.figure.count == sum(reason in one & other for one, other in pairs)
        assert figure.figure.total == sum(reason in one | other for one, other in pairs)
        assert said.said.endswith(": tentative") is (found < numbers.TENTATIVE_BELOW)


@pytest.mark.parametrize(("who", "column"), [("machine", 0), ("people", 2)])
def test_agreement_on_whole_texts(who: str, column: int, checked: Checked) -> None:
    """The very same reasons, and of all reasons given those that both gave."""
    pairs = checked.pairs(who)
    overlap = [len(one & other) / len(one | other) if one | other else 1 for one, other in pairs]

    row = checked.printed.rows("coverage", "agreement")["every reason of a text at once"]

    shared, same = row.cells[column : column + 2]
    assert shared.said.startswith(numbers.percent_said(sum(overlap) / len(overlap)))
    assert same.figure is not None
    assert same.figure.count == sum(one == other for one, other in pairs)
    assert same.figure.total == len(pairs)


def test_tentative_reasons(checked: Checked) -> None:
    """Those on which the machine, or a second person, agrees too little."""
    low = {
        LABELS[reason]
        for who in ("machine", "people")
        for reason in LABELS
        if (found := alpha(checked.pairs(who), reason)) is not None
        and found < numbers.TENTATIVE_BELOW
    }

    ranking = checked.printed.sections.drivers.ranking

    assert LABELS["onboarding"] in low
    assert {row.label for row in ranking if row.tentative} == low & {row.label for row in ranking}


def test_read_by_people(given: Inputs, checked: Checked) -> None:
    """What a person has read counts as read by people, and nobody need look at it."""
    texts = written(given)

    told = checked.printed.counts("coverage", "reading")
    doubted = checked.printed.counts("coverage", "reading", column=1)

    count = sum(text in checked.ana for text in texts)
    assert told["by people"] == (count, len(texts))
    assert doubted["by people"] == (0, count)
    assert count > 50
