"""What people's codings teach, kept honest: nobody is judged by a model that has seen them."""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from winloss.coding.codebook import Codebook
from winloss.coding.learning.examples import Examples
from winloss.coding.learning.features import Features, Passage
from winloss.coding.learning.model import Model, train
from winloss.coding.learning.polarity import Polarities
from winloss.coding.rules.coder import LONGEST, RuleCoder
from winloss.coding.semantic.model import SentenceModel

if TYPE_CHECKING:
    from winloss.coding.learning.features import Read

FEWEST = 20
"""Coded texts below which nothing is learned: the rules know more."""

FOLDS = 5
_EVERY_TEXT = 0.95
"""Share of coded texts with a reason from which on every text is taken to have one."""


class Learner:
    """Models of one set of examples: one of all of them, and one per fold without it."""

    def __init__(
        self,
        codebook: Codebook,
        rules: RuleCoder,
        examples: Examples,
        sentences: SentenceModel | None,
        rivals: Iterable[str] = (),
    ) -> None:
        """Nothing is trained until something is asked."""
        self.polarities = Polarities(codebook, rivals)
        self._codebook, self._rules = codebook, rules
        self._examples, self._sentences = examples, sentences
        self._folds = [fold_of(row.text_hash) for row in examples.rows]
        self._fold_of = dict(
            zip((row.text_hash for row in examples.rows), self._folds, strict=True)
        )
        self._models: dict[int | None, Model] = {}

    @property
    def is_single_choice(self) -> bool:
        """True where every coded text has exactly one reason."""
        return self._examples.is_single_choice

    @property
    def always_guesses(self) -> bool:
        """True where (nearly) every coded text has a reason, so that a guess is worth a look."""
        return bool(self._examples.applies.any(axis=1).mean() >= _EVERY_TEXT)

    @cached_property
    def features(self) -> Features:
        """The numbers of a text, with the words of all that people have coded."""
        texts = [row.text[:LONGEST] for row in self._examples.rows]
        return Features(self._codebook, texts, self._sentences)

    def fold(self, text_hash: str) -> int | None:
        """Which fold's model may judge a text; None for one that nobody has coded."""
        return self._fold_of.get(text_hash)

    def model(self, fold: int | None) -> Model:
        """The model of every example, or of those outside one fold; trained once."""
        import numpy as np

        if fold not in self._models:
            seen = np.array([each != fold for each in self._folds])
            applies, firsts = self._examples.applies[seen], self._examples.comes_first[seen]
            self._models[fold] = train(
                self._read.part(seen),
                applies,
                firsts,
                is_single_choice=self._examples.is_single_choice,
            )
        return self._models[fold]

    @cached_property
    def _read(self) -> "Read":
        rows = self._examples.rows
        return self.features.read(
            [Passage(row.text[:LONGEST], self._rules.heard(row.text, row.stance)) for row in rows]
        )


def fold_of(text_hash: str) -> int:
    """Every text has its fold, whatever other texts there are."""
    return int(hashlib.sha256(text_hash.encode()).hexdigest(), 16) % FOLDS
