"""What a mapping cannot do and what follows for the report, the essential first."""

from collections.abc import Iterator

from winloss import wording
from winloss.typeform.mapping.match import CONSENT
from winloss.typeform.mapping.proposing import Proposal
from winloss.typeform.mapping.theirs import span
from winloss.typeform.surveys.forms import Question

Heading = tuple[str, list[str]]

_FIVE = (1, 5)
_BESIDE = ("decision_id", "account_id")
"""What a response is about; the first that a kind of form carries is the one it needs."""


def summary(proposal: Proposal) -> str:
    """How many of their questions can be read as ours, in a sentence."""
    matched = sum(bool(match.ours and not match.obstacle) for match in proposal.matches)
    asked = len(proposal.matches)
    if asked == 1:
        return f"Its one question {'can' if matched else 'cannot'} be read as ours."
    many = wording.sentence(wording.number(matched)) if matched else "None"
    return f"{many} of its {wording.counted(asked, 'question')} can be read as ours."


def advice(proposal: Proposal) -> tuple[Heading, ...]:
    """What to do and to know under three headings; a heading may have nothing under it."""
    return (
        ("To be mended before the report can use it", list(_to_mend(proposal))),
        ("What the report will lack", list(_lacking(proposal))),
        ("To check", list(_to_check(proposal))),
    )


def _to_mend(proposal: Proposal) -> Iterator[str]:
    needed = _needed(proposal)
    if needed:
        yield (
            f"Its link carries no {needed}. {proposal.without[needed]} Give the form a hidden "
            f"field {needed} at Typeform, and the links too."
        )
        yield _hidden(proposal, needed)
    for asked in proposal.unasked:
        if _is_essential(asked):
            choices = f" (its choices: {', '.join(asked.choices)})" if asked.choices else ""
            without = proposal.without.get(asked.ref, "")
            yield f"Nothing asks {asked.ref}{choices}. {without}".rstrip()
    for match in proposal.doubtful_consent:
        yield f"{match.ours_ref} is consent: it is written only once a person has agreed to it."
    for match in proposal.matches:
        if match.obstacle:
            ref = wording.plain(match.theirs.ref)
            yield f"{ref}, which you map to {match.yours}: {match.obstacle}."
    for ref, to in proposal.gone.items():
        yield f"{ref}, which you map to {to}, is no longer asked; older answers still use it."


def _lacking(proposal: Proposal) -> Iterator[str]:
    needed = _needed(proposal)
    for name in proposal.unsent:
        if name in proposal.without and name != needed:
            yield f"Its link carries no {name}. {proposal.without[name]}"
    for asked in proposal.unasked:
        if asked.ref in proposal.without and not _is_essential(asked):
            yield f"{asked.ref}: {proposal.without[asked.ref]}"


def _to_check(proposal: Proposal) -> Iterator[str]:
    if any(match.ours and not match.is_yours for match in proposal.matches):
        yield "Read each line: likeness of words is not likeness of meaning."
    for match in proposal.matches:
        if match.ours and match.theirs.scale not in (None, _FIVE) and not match.obstacle:
            yield (
                f"{match.ours_ref}: its scale runs from {span(match.theirs)} and is read as 1 to "
                "5; the higher end must be the good one."
            )
    rotating = [match.ours_ref for match in proposal.matches if match.is_rotating]
    if rotating:
        yield (
            f"We ask {wording.listed(rotating)} in rotating blocks: in this form they count where "
            "they are answered."
        )
    if not _needed(proposal):
        yield _hidden(proposal, "")


def _needed(proposal: Proposal) -> str:
    """The hidden field without which an answer is about nothing, where the form lacks it."""
    first = next((name for name in _BESIDE if name in proposal.carried), "")
    return first if first in proposal.unsent else ""


def _hidden(proposal: Proposal, needed: str) -> str:
    names = wording.listed(proposal.form.hidden)
    if not names:
        return "It has no hidden field at all, so the responses collected so far name nobody."
    if not needed:
        return f"What its link carries: {names}. Only names of ours are read."
    return (
        f"What its link carries: {names}. Only names of ours are read, so what was collected "
        "already under another name stands beside no decision."
    )


def _is_essential(asked: Question) -> bool:
    """Consent, and the open question why."""
    return asked.ref in CONSENT or asked.asks == "reason"
