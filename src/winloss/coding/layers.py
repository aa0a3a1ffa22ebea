"""The coder: rules, and over them what people's corrections have taught.

The same text under the same stance gets the same codes, whatever stands around it in the frame.

1. Texts in a language the codebook does not speak, and answers that say nothing, are left to the
   rules: nothing is coded.
2. Without labels, or with fewer than `learner.FEWEST` labelled texts, the rules code alone.
3. Below `decides_from` labelled texts the rules' codes stand and the learner adds to them; from
   there on it decides, with the rules among what it looks at.
4. Where people gave every text exactly one reason, the learner that decides gives exactly one: a
   guess for a person unless it is more likely right than not.
5. A text that people have coded is judged by a model that has not seen it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import polars as pl

from winloss.coding import versions
from winloss.coding.codebook import Codebook
from winloss.coding.learning.examples import Examples, examples
from winloss.coding.learning.features import Passage
from winloss.coding.learning.judging import Judgement, Said, judge
from winloss.coding.learning.learner import FEWEST, Learner
from winloss.coding.learning.merging import added, decided
from winloss.coding.rules.coder import CODER, LONGEST, SPEAKS, RuleCoder
from winloss.coding.rules.codes import CODES, CODINGS, Coding, Stance
from winloss.coding.semantic.model import opened

Progress = Callable[[int, int], object]
"""Told after each chunk how many texts are coded, and of how many."""

CHUNK = 500
"""Texts coded between two words of progress."""


class Text(NamedTuple):
    """A text to code; of several surveys' languages the one that the codebook does not speak."""

    text_hash: str
    text: str
    stance: Stance
    survey_language: str


Coded = tuple[Coding, tuple[str, ...]]


class Coder:
    """Codes texts with one codebook and what one set of labels teaches."""

    def __init__(
        self,
        codebook: Codebook,
        labels: pl.DataFrame | None,
        *,
        sentence_model: bool | None,
        decides_from: int,
        rivals: Iterable[str] = (),
    ) -> None:
        """See `winloss.coding.coder`."""
        names = sorted(set(rivals))
        self._again = partial(
            Coder,
            codebook,
            labels,
            sentence_model=sentence_model,
            decides_from=decides_from,
            rivals=names,
        )
        self._codebook, self._rules = codebook, RuleCoder(codebook, names)
        sentences = opened(is_wanted=sentence_model)
        taught = _taught(codebook, labels)
        self._learner = Learner(codebook, self._rules, taught, sentences, names) if taught else None
        self._decides = taught is not None and taught.text_count >= decides_from
        self.codebook_version = codebook.version
        self.model_version = versions.model_version(
            codebook.version,
            names,
            taught,
            sentences=sentences.sha256 if sentences else None,
            decides_from=decides_from,
        )

    def __reduce__(self) -> tuple[Callable[[], "Coder"], tuple[()]]:
        """Another process makes and teaches the same coder anew: models cannot be sent."""
        return self._again, ()

    @property
    def has_learned(self) -> bool:
        """Whether the labels are enough to learn from."""
        return self._learner is not None

    def code(
        self, texts: pl.DataFrame, progress: Progress | None = None
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Two frames, CODINGS (one row per text and stance) and CODES (one per reason of it).

        `texts`: text_hash, text, stance (against | for | none) and, where known, the
        survey_language, which counts for short texts. Sorted by text_hash and stance, the codes
        also by place. `progress` is told how many texts are coded, and of how many.
        """
        rows = _unique(texts)
        codings: list[tuple[object, ...]] = []
        codes: list[tuple[object, ...]] = []
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            for text, (coding, coders) in zip(chunk, self._coded(chunk), strict=True):
                codings.append((text.text_hash, text.stance, coding.language, coding.needs_review))
                codes += _cells(text, coding, coders)
            if progress is not None:
                progress(start + len(chunk), len(rows))
        return (
            pl.DataFrame(codings, schema=CODINGS, orient="row").sort("text_hash", "stance"),
            pl.DataFrame(codes, schema=CODES, orient="row").sort(
                "text_hash", "stance", "span_start", "reason"
            ),
        )

    def _coded(self, texts: Sequence[Text]) -> list[Coded]:
        """The coding of each text, with the coder of each of its codes."""
        by_rules = [
            self._rules.code_text(text.text, text.stance, text.survey_language) for text in texts
        ]
        found = [(coding, (CODER,) * len(coding.codes)) for coding in by_rules]
        if self._learner is None:
            return found
        places = [place for place, coding in enumerate(by_rules) if _says_something(coding)]
        said = [_said(texts[place], by_rules[place]) for place in places]
        judged = judge(self._learner, self._codebook, said) if said else []
        for place, judgement in zip(places, judged, strict=True):
            found[place] = self._merged(by_rules[place], judgement, texts[place].stance)
        return found

    def _merged(self, by_rules: Coding, judgement: Judgement, stance: Stance) -> Coded:
        merged = (
            decided(judgement, stance)
            if self._decides
            else added(judgement, by_rules.codes, stance)
        )
        codes = tuple(code for code, _ in merged.codes)
        coding = Coding(by_rules.language, merged.needs_review, codes)
        return coding, tuple(coder for _, coder in merged.codes)


def _taught(codebook: Codebook, labels: pl.DataFrame | None) -> Examples | None:
    """What can be learned from; None where that is too little."""
    if labels is None:
        return None
    taught = examples(labels, codebook.given)
    return taught if taught.text_count >= FEWEST and taught.applies.any() else None


def _said(text: Text, by_rules: Coding) -> Said:
    return Said(text.text_hash, text.stance, Passage(text.text[:LONGEST], by_rules.heard))


def _says_something(coding: Coding) -> bool:
    return coding.language == SPEAKS and (bool(coding.codes) or coding.needs_review)


def _cells(text: Text, coding: Coding, coders: Sequence[str]) -> list[tuple[object, ...]]:
    return [
        (
            *(text.text_hash, text.stance, code.reason, code.is_primary, code.polarity),
            *(code.start, code.end, coder, code.confidence, code.is_suggested),
        )
        for code, coder in zip(coding.codes, coders, strict=True)
    ]


def _unique(texts: pl.DataFrame) -> list[Text]:
    """One row per text and stance, sorted."""
    if "survey_language" not in texts.columns:
        texts = texts.with_columns(survey_language=pl.lit(SPEAKS))
    rows = (
        texts.select(
            "text_hash",
            pl.col("text").fill_null(""),
            "stance",
            pl.col("survey_language").fill_null(SPEAKS),
        )
        .sort("text_hash", "stance", pl.col("survey_language") == SPEAKS, "survey_language")
        .unique(["text_hash", "stance"], keep="first", maintain_order=True)
    )
    return [Text(*row) for row in rows.iter_rows()]
