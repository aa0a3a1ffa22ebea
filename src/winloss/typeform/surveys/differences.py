"""Says exactly what differs between a form at Typeform and the form as code."""

from collections.abc import Iterator, Mapping, Sequence

from winloss.typeform.surveys.authoring import Asked, Survey
from winloss.typeform.surveys.difference import (
    CLOSED,
    Difference,
    What,
    moved,
    quoted,
    rewording,
)
from winloss.typeform.surveys.differences_questions import questions


def differences(theirs: Survey, ours: Survey) -> tuple[Difference, ...]:
    """What to tell a person, the most serious first; questions are matched by ref.

    Nothing is said of what the code does not state: further hidden fields, welcome screens,
    further endings, themes, settings and pictures.
    """
    found = [*questions(theirs, ours), *_screens(theirs, ours), *_form(theirs, ours)]
    found += _jumps(theirs, ours)
    return tuple(sorted(found, key=lambda each: each.what))


def _screens(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    common = [ref for ref in ours.asked if ref in theirs.asked]
    for ref in moved([*theirs.asked], common):
        before = common[: common.index(ref)]
        place = f"it should follow {before[-1]}" if before else "it should come first"
        text = f"{ref} stands in another place; {place}"
        yield Difference(What.ORDER, ref, text, f"move {ref}")
    for ref in common:
        said, wanted = (_company(each.asked, ref, common) for each in (theirs, ours))
        if said != wanted:
            text = f"{ref} is shown {said}, not {wanted}"
            yield Difference(What.SCREENS, ref, text, f"show {ref} {wanted}")


def _company(asked: Mapping[str, Asked], ref: str, common: Sequence[str]) -> str:
    """With what else a question is shown; a `group` shows its questions one after another."""
    here = asked[ref]
    if here.screen_type not in ("", "inline_group"):
        return f"as a part of a {here.screen_type}"
    beside = [each for each in common if each != ref and asked[each].screen == here.screen]
    return f"beside {', '.join(beside)}" if beside else "alone"


def _form(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    for name in ours.hidden:
        if name not in theirs.hidden:
            text = f"the hidden field {name} is missing"
            yield Difference(What.HIDDEN, "", text, f"add the hidden field {name}")
    if not theirs.is_open:
        yield Difference(What.CLOSED, "", CLOSED)
    if theirs.title != ours.title:
        text = f"the form is named {quoted(theirs.title)}, not {quoted(ours.title)}"
        yield Difference(
            What.FORM, "", text, rewording("the form's name", theirs.title, ours.title)
        )
    for screen, heading in ours.headings.items():
        said = theirs.headings.get(screen, heading)
        if said != heading:
            text = f"the screen {screen} is headed {quoted(said)}, not {quoted(heading)}"
            change = rewording(f"the heading of {screen}", said, heading)
            yield Difference(What.FORM, "", text, change)
    if theirs.thanks != ours.thanks:
        text = f"it ends with {quoted(theirs.thanks)}, not {quoted(ours.thanks)}"
        change = rewording("the ending", theirs.thanks, ours.thanks)
        yield Difference(What.FORM, "", text, change)


def _jumps(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    """Of two rules with one condition the first counts, and after one without, none."""
    for place in dict.fromkeys([*ours.jumps, *theirs.jumps]):
        said, wanted = (_ways(each, place) for each in (theirs, ours))
        for condition, to in wanted.items():
            when = _when(condition, wanted)
            if condition not in said:
                yield _jump(
                    place, f"the jump to {to}{when} is missing", f"add the jump to {to}{when}"
                )
            elif said[condition] != to:
                text = f"the jump{when} leads to {said[condition]}, not to {to}"
                yield _jump(place, text, f"lead the jump{when} to {to}")
        for condition, to in said.items():
            if condition not in wanted:
                jump = f"the jump to {to}{_when(condition, said)}"
                yield _jump(place, f"{jump} is not ours", f"take out {jump}")
        if "" in [*said][:-1]:
            jump = "the jump in every other case"
            yield _jump(place, f"{jump} comes too early", f"move {jump} to the end")


def _ways(survey: Survey, place: str) -> dict[str, str]:
    ways: dict[str, str] = {}
    for jump in survey.jumps.get(place, ()):
        ways.setdefault(jump.condition, jump.to)
    return ways


def _when(condition: str, ways: Mapping[str, str]) -> str:
    if condition:
        return f" if {condition}"
    return " in every other case" if len(ways) > 1 else ""


def _jump(place: str, text: str, change: str) -> Difference:
    return Difference(What.JUMPS, place, f"after {place}, {text}", f"{change}, after {place}")
