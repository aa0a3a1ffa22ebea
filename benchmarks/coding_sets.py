"""The labelled sets `benchmarks/coding.py` measures on: read, halved, divided.

Neither is about lost deals; what holds here says how well words are coded, not how well deals are.
"""

import csv
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

CODEBOOKS = Path(__file__).parent / "codebooks"
STANCE = "none"
"""Nobody asked why a deal was lost: the words say by themselves whether they praise or blame."""

_FEWEST = 10
_POLARITIES = {"1": "ours_good", "-1": "ours_bad", "0": "neutral"}
_NO_REASON = {"", "Can't Tell"}


@dataclass(frozen=True)
class Text:
    """One text with the codes people gave it."""

    text_id: str
    text: str
    polarities: dict[str, str | None]
    """Code -> its polarity, None where the set says none."""

    @property
    def codes(self) -> frozenset[str]:
        """What people say it is about."""
        return frozenset(self.polarities)

    @property
    def was_read(self) -> bool:
        """True for the half whose texts were read when the codebook was written."""
        return hashlib.sha256(self.text_id.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True)
class LabelledSet:
    """One set of texts, coded by people."""

    name: str
    texts: tuple[Text, ...]
    test_share: float
    has_one_code: bool
    """True where every text has exactly one code, so that accuracy is the figure."""

    @property
    def codebook(self) -> Path:
        """Written for this set by an analyst who read one half of it."""
        return CODEBOOKS / f"{self.name}.csv"

    def divided(self, seed: int, most: int | None) -> tuple[list[Text], list[Text]]:
        """Texts to learn from, in an order of chance, and texts to be asked, stratified by code.

        Only texts nobody read while writing the codebook are asked, so that its rules are judged
        by words they were not made for; of those to learn from they come first, or a learner
        would trust the rules more than they deserve. `most` bounds the texts asked.
        """
        from sklearn.model_selection import train_test_split

        fresh = [each for each in self.texts if not each.was_read]
        rest, asked = train_test_split(
            fresh,
            test_size=round(self.test_share * len(self.texts)),
            random_state=seed,
            stratify=self._strata(fresh),
        )
        known = [each for each in self.texts if each.was_read]
        random.Random(seed).shuffle(known)  # noqa: S311 (a draw to repeat)
        return [*rest, *known], asked[:most]

    def _strata(self, texts: Sequence[Text]) -> list[str]:
        """The rarest code of each text; those of too few texts to divide go with the largest."""
        times = Counter(code for each in self.texts for code in each.codes)
        rarest = [min(each.codes, key=lambda code: (times[code], code)) for each in texts]
        sizes = Counter(rarest)
        largest = max(sizes, key=lambda code: (sizes[code], code))
        return [code if sizes[code] >= _FEWEST else largest for code in rarest]


def read_sets(folder: Path, most: int | None) -> list[LabelledSet]:
    """Both sets as they lie in `folder`; raises FileNotFoundError where one is missing.

    `most` keeps that many texts of each, for a run that only shows that it runs.
    """
    feedback = tuple(_feedback(row) for row in _rows(folder / "feedback.csv", most))
    rows = _rows(folder / "airline.csv", most)
    airline = tuple(_airline(row) for row in rows if row["reason"] not in _NO_REASON)
    return [
        LabelledSet("feedback", feedback, 0.25, has_one_code=False),
        LabelledSet("airline", airline, 0.3, has_one_code=True),
    ]


def as_texts(texts: Sequence[Text]) -> pl.DataFrame:
    """One row per text: text_hash, text, stance. The hash is the row's id: a text twice is two."""
    return pl.DataFrame(
        [(each.text_id, each.text, STANCE) for each in texts],
        schema={"text_hash": pl.String, "text": pl.String, "stance": pl.String},
        orient="row",
    )


def as_labels(texts: Sequence[Text], *, has_one_code: bool) -> pl.DataFrame:
    """One row per text and code, as people's corrections come: the first place only if known."""
    rows = [
        (each.text_id, each.text, STANCE, code, has_one_code or None, polarity)
        for each in texts
        for code, polarity in sorted(each.polarities.items())
    ]
    strings = dict.fromkeys(("text_hash", "text", "stance", "reason"), pl.String)
    schema = {**strings, "is_primary": pl.Boolean, "polarity": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rows(path: Path, most: int | None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda row: hashlib.sha256(row["id"].encode()).digest())[:most]


def _feedback(row: dict[str, str]) -> Text:
    """`labels` holds aspect.polarity, several of them; an aspect both praised and blamed is one."""
    said: dict[str, str | None] = {}
    for label in row["labels"].split(";"):
        code, _, polarity = label.rpartition(".")
        said[code] = None if code in said else _POLARITIES[polarity]
    return Text(row["id"], row["text"], said)


def _airline(row: dict[str, str]) -> Text:
    return Text(row["id"], row["text"], {row["reason"]: "ours_bad"})
