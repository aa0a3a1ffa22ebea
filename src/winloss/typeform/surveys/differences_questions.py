"""Says exactly how the questions of a form at Typeform differ from those of the form as code."""

from collections.abc import Iterator

from winloss.typeform.surveys.authoring import Asked, Survey
from winloss.typeform.surveys.difference import Difference, What, moved, quoted, rewording
from winloss.wording import plain


def questions(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    """Those missing, those not ours, and what differs in each that both ask; matched by ref."""
    became = renamed(theirs, ours)
    for ref, asked in ours.asked.items():
        if ref in theirs.asked:
            yield from _question(theirs.asked[ref], asked)
        elif ref in became:
            change = f"remove {became[ref]}"
            yield Difference(What.RENAMED, ref, renaming(ref, became[ref]), change)
        else:
            yield Difference(What.MISSING, ref, f"{ref} is not asked: {quoted(asked.title)}")
    for ref, asked in theirs.asked.items():
        if ref not in ours.asked and ref not in became.values():
            text = f"{ref} is asked and not ours ({asked.type}): {quoted(asked.title)}"
            yield Difference(What.EXTRA, ref, text, f"remove {ref}")
    for asked in theirs.repeated:
        text = f"{named(asked)} has the ref of another question"
        yield Difference(What.EXTRA, asked.ref, text, f"remove {named(asked)}")


def named(asked: Asked) -> str:
    """A question by ref and words, where its ref alone does not tell which."""
    return f"{plain(asked.ref)} ({quoted(asked.title)})"


def renamed(theirs: Survey, ours: Survey) -> dict[str, str]:
    """Our ref -> the ref that the same question has got in the editor.

    The same question: one of ours is not asked, and exactly one that is not ours has its
    title and type.
    """
    foreign = [asked for ref, asked in theirs.asked.items() if ref not in ours.asked]
    found = {}
    for ref, asked in ours.asked.items():
        said = (asked.title, asked.type)
        alike = [each.ref for each in foreign if (each.title, each.type) == said]
        if ref not in theirs.asked and len(alike) == 1:
            found[ref] = alike[0]
    return found


def renaming(ref: str, became: str) -> str:
    """What to do about it: answers hang on the question, and reports on its ref."""
    return f"ref {ref} became {became}: name it {ref} again in Typeform"


def _question(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    ref = ours.ref
    if theirs.title != ours.title:
        text = f"{ref} reads {quoted(theirs.title)}, not {quoted(ours.title)}"
        yield Difference(What.TITLE, ref, text, rewording(ref, theirs.title, ours.title))
    if theirs.description != ours.description:
        told = f"{quoted(theirs.description)}, not {quoted(ours.description)}"
        text = f"{ref}: its description reads {told}"
        change = rewording(f"the description of {ref}", theirs.description, ours.description)
        yield Difference(What.DESCRIPTION, ref, text, change)
    if theirs.is_required != ours.is_required:
        yield _flag(What.REQUIRED, ours, "must be answered", "may be skipped", theirs.is_required)
    if theirs.type == ours.type:
        yield from _scale(theirs, ours)
        yield from _choices(theirs, ours)
    else:
        text = f"{ref} is {theirs.type}, not {ours.type}"
        yield Difference(What.TYPE, ref, text, f"make {ref} {ours.type}, now {theirs.type}")


def _scale(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    if (theirs.steps, theirs.lowest) != (ours.steps, ours.lowest):
        text = f"{ours.ref} runs {_range(theirs)}, not {_range(ours)}"
        change = f"make {ours.ref} run {_range(ours)}, now {_range(theirs)}"
        yield Difference(What.SCALE, ours.ref, text, change)
    if theirs.ends != ours.ends:
        said, wanted = (" and ".join(map(quoted, each.ends)) for each in (theirs, ours))
        text = f"{ours.ref}: the ends of its scale read {said}, not {wanted}"
        change = f"reword the ends of {ours.ref}: {said} -> {wanted}"
        yield Difference(What.ENDS, ours.ref, text, change)


def _range(asked: Asked) -> str:
    return f"from {asked.lowest} to {asked.lowest + asked.steps - 1}"


def _choices(theirs: Asked, ours: Asked) -> Iterator[Difference]:
    ref = ours.ref
    for name, label in ours.choices.items():
        if name not in theirs.choices:
            text = f"{ref}: the choice {name} is missing: {quoted(label)}"
            change = f"add the choice {name} to {ref}"
            yield Difference(What.CHOICE_MISSING, ref, text, change)
        elif theirs.choices[name] != label:
            told = f"{quoted(theirs.choices[name])}, not {quoted(label)}"
            text = f"{ref}: the choice {name} reads {told}"
            change = rewording(f"the choice {name} of {ref}", theirs.choices[name], label)
            yield Difference(What.LABEL, ref, text, change)
    for name, label in theirs.choices.items():
        if name not in ours.choices:
            text = f"{ref}: the choice {name} is not ours: {quoted(label)}"
            change = f"remove the choice {name} of {ref}"
            yield Difference(What.CHOICE_EXTRA, ref, text, change)
    for name in moved([*theirs.choices], [*ours.choices]):
        text = f"{ref}: the choice {name} stands in another place"
        yield Difference(What.SHUFFLED, ref, text, f"move the choice {name} of {ref}")
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
    text = f"{ours.ref} {said}; the file says it {wanted}"
    return Difference(what, ours.ref, text, f"change {ours.ref}: {said} -> {wanted}")
