"""Who codes in `benchmarks/coding.py`: our coder in its tiers, and plain TF-IDF with a linear model.

Every contestant learns from the same texts and is asked the same others.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coding_sets import LabelledSet, Text, as_labels, as_texts

from winloss import coding
from winloss.coding.codebook import read
from winloss.errors import CodingError

DEFAULT, SEMANTIC, PLAIN = "default", "semantic", "plain"
"""Our coder as installed, with the sentence model, and TF-IDF with LinearSVC."""

_CUTS = 60
_FOLDS = 3


@dataclass(frozen=True)
class Answer:
    """What a contestant says of one text."""

    codes: frozenset[str]
    """Without suggestions; where a text has exactly one code, the first alone."""
    first: str | None
    """Its primary code; of a text without one, what it would suggest."""
    confidence: float


def has_sentence_model() -> bool:
    """True where the extra [semantic] is installed."""
    try:
        coding.coder(sentence_model=True)
    except CodingError:
        return False
    return True


def ask(
    name: str, task: LabelledSet, learned: Sequence[Text], asked: Sequence[Text]
) -> list[Answer]:
    """One answer per text asked, in their order, by a contestant that learned from the others."""
    if name == PLAIN:
        return _plain(task, learned, asked)
    return _ours(task, learned, asked, is_semantic=name == SEMANTIC)


def _ours(
    task: LabelledSet, learned: Sequence[Text], asked: Sequence[Text], *, is_semantic: bool
) -> list[Answer]:
    labels = as_labels(learned, has_one_code=task.has_one_code) if learned else None
    coder = coding.coder(read(task.codebook), labels, sentence_model=is_semantic)
    _, codes = coder.code(as_texts(asked))
    of_text = codes.partition_by("text_hash", as_dict=True)
    rows = {text_id: frame.to_dicts() for (text_id,), frame in of_text.items()}
    return [_answer(rows.get(each.text_id, []), task) for each in asked]


def _answer(codes: list[dict[str, Any]], task: LabelledSet) -> Answer:
    given = frozenset(code["reason"] for code in codes if not code["is_suggested"])
    firsts = [code for code in codes if code["is_primary"] or code["is_suggested"]]
    if not firsts:
        return Answer(given, None, 0.0)
    first, sure = firsts[0]["reason"], firsts[0]["confidence"]
    return Answer(frozenset([first]) if task.has_one_code else given, first, sure)


def _plain(task: LabelledSet, learned: Sequence[Text], asked: Sequence[Text]) -> list[Answer]:
    """Word 1-2 and character 3-5 grams; of several codes those above a cut found by three folds."""
    import numpy as np

    names = sorted({code for each in learned for code in each.codes})
    model = _linear()
    with warnings.catch_warnings():  # a code that every text has, or none, in so few examples
        warnings.simplefilter("ignore", UserWarning)
        truth = np.array([[name in each.codes for name in names] for each in learned])
        cut = 0.0 if task.has_one_code else _cut(model, learned, truth)
        model.fit([each.text for each in learned], truth)
        scores = model.decision_function([each.text for each in asked])
    order = np.sort(scores, axis=1)
    sure = order[:, -1] - order[:, -2] if task.has_one_code else order[:, -1]
    return [
        _scored(names, row.tolist(), cut, confidence, has_one_code=task.has_one_code)
        for row, confidence in zip(scores, sure.tolist(), strict=True)
    ]


def _scored(
    names: list[str], scores: list[float], cut: float, confidence: float, *, has_one_code: bool
) -> Answer:
    first = names[max(range(len(names)), key=scores.__getitem__)]
    above = [name for name, score in zip(names, scores, strict=True) if score > cut]
    return Answer(frozenset([first] if has_one_code else above), first, confidence)


def _linear() -> Any:  # noqa: ANN401 (scikit-learn has no types)
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return make_pipeline(make_union(words, letters), OneVsRestClassifier(LinearSVC(random_state=0)))


def _cut(model: Any, learned: Sequence[Text], truth: Any) -> float:  # noqa: ANN401
    import numpy as np
    from sklearn.metrics import f1_score
    from sklearn.model_selection import KFold, cross_val_predict

    texts = [each.text for each in learned]
    folds = KFold(_FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, texts, truth, cv=folds, method="decision_function")
    cuts = np.quantile(scores, np.linspace(0.5, 0.99, _CUTS))
    return float(
        max(cuts, key=lambda cut: f1_score(truth, scores > cut, average="micro", zero_division=0))
    )
