"""How we sold: who carried the risk, how keen we seemed, what they doubted and what was missing."""

from collections.abc import Iterator, Mapping

from winloss.lenses.promises.counting import Answers, cell, quoted, voices_of
from winloss.quotes import Voices
from winloss.reporting import Panel, Row

_MOST = 3
_OUTCOMES = ("lost", "won", "cancelled")
_BEARERS = {"customer": "the customer", "shared": "both of us", "supplier": "we ourselves"}
_KEENNESS = {
    "too_distant": "too distant",
    "about_right": "about right",
    "too_eager": "too eager",
}
_PLAINLY = {"yes": "yes", "no": "no"}


def panels(answers: Answers, voices: Voices) -> Iterator[Panel]:
    """Each answer beside how the decision went, and the words that go with it."""
    yield from _beside_outcome(
        answers,
        "risk_bearer",
        "risk",
        "Who would have carried the loss had it gone wrong",
        _BEARERS,
    )
    yield from _beside_outcome(
        answers, "eagerness", "eagerness", "How keen we were to sell", _KEENNESS
    )
    yield from _words(answers, voices, "doubted_promise", "doubted", "What they did not believe")
    yield from _beside_outcome(
        answers, "said_no_fit", "fit", "We said plainly for whom we are not right", _PLAINLY
    )
    yield from _words(answers, voices, "missing_proof", "proof", "Proof they ask for")


def _beside_outcome(
    answers: Answers, ref: str, name: str, title: str, labels: Mapping[str, str]
) -> Iterator[Panel]:
    """Of those who gave each answer, how many were lost, won and cancelled."""
    if not answers.answered_count(ref):
        return
    rows = tuple(
        Row(label, tuple(cell(answers.share(ref, went, answer)) for went in _OUTCOMES))
        for answer, label in labels.items()
    )
    yield Panel(name, title, rows, ("say customers", *_OUTCOMES), answers.note(ref))


def _words(answers: Answers, voices: Voices, ref: str, name: str, title: str) -> Iterator[Panel]:
    """What was written, and of how many: beside words without a name stand counts alone."""
    written = answers.written(ref)
    quotes = voices_of(voices, (ref,), written, _MOST) if written.count else ()
    if quotes:
        yield quoted(name, title, quotes, answers.said(ref))
