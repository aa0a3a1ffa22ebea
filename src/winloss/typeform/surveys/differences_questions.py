"""Says exactly how the questions of a form at Typeform differ from those of the form as code."""

from collections.abc import Iterator

from winloss.typeform.surveys.authoring import Asked, Survey
from winloss.typeform.surveys.difference import Difference, What, moved, quoted


def questions(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    """Those missing, those not ours, and what differs in each that both ask; matched by ref."""
    for ref, asked in ours.asked.items():
        if ref in theirs.asked:
            yield from _question(theirs.asked[ref], asked)
        else:
            yield Difference(What.MISSING, ref, f"{ref} is not asked: {quoted(asked.title)}")
    for ref, asked in theirs.asked.items():
        if ref not in ours.asked:
            text = f"{ref} is asked and not ours ({asked.type}): {quoted(asked.title)}"
            yield Difference(What.EXTRA, ref, text)


def _question(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    ref = ours.ref
    if theirs.title != ours.title:
        text = f"{ref} reads {quoted(theirs.title)}, not {quoted(ours.title)}"
        yield Difference(What.TITLE, ref, text)
    if theirs.description != ours.description:
        told = f"{quoted(theirs.description)}, not {quoted(ours.description)}"
        yield Difference(What.DESCRIPTION, ref, f"{ref}: its description reads {told}")
    if theirs.is_required != ours.is_required:
        yield _flag(What.REQUIRED, ours, "must be answered", "may be skipped", theirs.is_required)
    if theirs.type == ours.type:
        yield from _scale(theirs, ours)
        yield from _choices(theirs, ours)
    else:
        yield Difference(What.TYPE, ref, f"{ref} is {theirs.type}, not {ours.type}")


def _scale(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    if (theirs.steps, theirs.lowest) != (ours.steps, ours.lowest):
        text = f"{ours.ref} runs {_range(theirs)}, not {_range(ours)}"
        yield Difference(What.SCALE, ours.ref, text)
    if theirs.ends != ours.ends:
        said, wanted = (" and ".join(map(quoted, each.ends)) for each in (theirs, ours))
        text = f"{ours.ref}: the ends of its scale read {said}, not {wanted}"
        yield Difference(What.ENDS, ours.ref, text)


def _range(asked: Asked) -> str:
    return f"from {asked.lowest} to {asked.lowest + asked.steps - 1}"


def _choices(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    ref = ours.ref
    for name, label in ours.choices.items():
        if name not in theirs.choices:
            text = f"{ref}: the choice {name} is missing: {quoted(label)}"
            yield Difference(What.CHOICE_MISSING, ref, text)
        elif theirs.choices[name] != label:
            told = f"{quoted(theirs.choices[name])}, not {quoted(label)}"
            yield Difference(What.LABEL, ref, f"{ref}: the choice {name} reads {told}")
    for name, label in theirs.choices.items():
        if name not in ours.choices:
            text = f"{ref}: the choice {name} is not ours: {quoted(label)}"
            yield Difference(What.CHOICE_EXTRA, ref, text)
    for name in moved([*theirs.choices], [*ours.choices]):
        text = f"{ref}: the choice {name} stands in another place"
        yield Difference(What.SHUFFLED, ref, text)
    if theirs.may_choose_several != ours.may_choose_several:
        yield _flag(
            What.SEVERAL, ours, "takes several choices", "takes one", theirs.may_choose_several
        )
    if theirs.may_add_other != ours.may_add_other:
        yield _flag(
            What.OTHER,
            ours,
            "takes an answer in their own words",
            "takes the listed choices alone",
            theirs.may_add_other,
        )
    if theirs.is_shuffled != ours.is_shuffled:
        yield _flag(What.SHUFFLED, ours, "is shuffled", "is not shuffled", theirs.is_shuffled)


def _flag(what: What, ours: Asked, yes: str, no: str, is_so: bool) -> Difference:  # noqa: FBT001
    said, wanted = (yes, no) if is_so else (no, yes)
    return Difference(what, ours.ref, f"{ours.ref} {said}; the file says it {wanted}")
