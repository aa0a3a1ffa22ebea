"""Says exactly what differs between a form at Typeform and the form as code."""

from collections.abc import Iterator, Mapping, Sequence

from winloss.typeform.surveys.authoring import Asked, Survey
from winloss.typeform.surveys.difference import CLOSED, Difference, What, moved, quoted
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
        yield Difference(What.ORDER, ref, f"{ref} stands in another place; {place}")
    for ref in common:
        said, wanted = (_company(each.asked, ref, common) for each in (theirs, ours))
        if said != wanted:
            yield Difference(What.SCREENS, ref, f"{ref} is shown {said}, not {wanted}")


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
            yield Difference(What.HIDDEN, "", f"the hidden field {name} is missing")
    if not theirs.is_open:
        yield Difference(What.CLOSED, "", CLOSED)
    if theirs.title != ours.title:
        text = f"the form is named {quoted(theirs.title)}, not {quoted(ours.title)}"
        yield Difference(What.FORM, "", text)
    for screen, heading in ours.headings.items():
        said = theirs.headings.get(screen, heading)
        if said != heading:
            text = f"the screen {screen} is headed {quoted(said)}, not {quoted(heading)}"
            yield Difference(What.FORM, "", text)
    if theirs.thanks != ours.thanks:
        text = f"it ends with {quoted(theirs.thanks)}, not {quoted(ours.thanks)}"
        yield Difference(What.FORM, "", text)


def _jumps(theirs: Survey, ours: Survey) -> Iterator[Difference]:
    """Of two rules with one condition the first counts, and after one without, none."""
    for place in dict.fromkeys([*ours.jumps, *theirs.jumps]):
        said, wanted = (_ways(each, place) for each in (theirs, ours))
        for condition, to in wanted.items():
            when = _when(condition, wanted)
            if condition not in said:
                yield _jump(place, f"the jump to {to}{when} is missing")
            elif said[condition] != to:
                yield _jump(place, f"the jump{when} leads to {said[condition]}, not to {to}")
        for condition, to in said.items():
            if condition not in wanted:
                yield _jump(place, f"the jump to {to}{_when(condition, said)} is not ours")
        if "" in [*said][:-1]:
            yield _jump(place, "the jump in every other case comes too early")


def _ways(survey: Survey, place: str) -> dict[str, str]:
    ways: dict[str, str] = {}
    for jump in survey.jumps.get(place, ()):
        ways.setdefault(jump.condition, jump.to)
    return ways


def _when(condition: str, ways: Mapping[str, str]) -> str:
    if condition:
        return f" if {condition}"
    return " in every other case" if len(ways) > 1 else ""


def _jump(place: str, text: str) -> Difference:
    return Difference(What.JUMPS, place, f"after {place}, {text}")
