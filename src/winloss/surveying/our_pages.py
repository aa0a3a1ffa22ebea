"""Our own form of a kind as a page, as its file has it."""

from collections.abc import Iterator, Sequence

from winloss import wording
from winloss.surveying.effort import seconds
from winloss.surveying.kinds import checked, survey
from winloss.surveying.pages import (
    CONTROLS,
    EITHER,
    Asked,
    Page,
    Part,
    Rotating,
    Screen,
    length,
    told,
)
from winloss.typeform.surveys.forms import Block, Form, Question, blocks, form, lenses


def of_kind(kind: str) -> Page:
    """Our form of a kind, as long as the longest of its blocks makes it.

    Raises FormError where there is none.
    """
    source, rotating = form(checked(kind)), blocks(kind)
    core = [screen for screen in source.screens if screen != "block"]
    always = [each for screen in core for each in screen]
    slowest = max(rotating, key=_seconds, default=None)
    types = [each.type for each in (*always, *(slowest.questions if slowest else ()))]
    most_questions = max((len(block.questions) for block in rotating), default=0)
    most_screens = max((len(block.screens) for block in rotating), default=0)
    return Page(
        survey=survey(kind),
        title=source.title,
        origin=f"The form {kind}, as templates/forms/{kind}.yaml has it.",
        length=length(
            types,
            len(always) + most_questions,
            len(core) + most_screens,
            may_be_less=bool(rotating),
        ),
        parts=tuple(_parts(source, rotating)),
        thanks=(source.thanks,),
        hidden=tuple(told(source.hidden)),
        is_nameless=True,
        heading=source.heading,
    )


def _parts(source: Form, rotating: tuple[Block, ...]) -> Iterator[Part]:
    screen_number = question_number = 0
    for screen in source.screens:
        if screen == "block":
            yield Part(blocks=tuple(_rotating(rotating)))
            continue
        screen_number += 1
        numbers = [str(question_number + place) for place in range(1, len(screen) + 1)]
        question_number += len(screen)
        title = source.heading if len(screen) > 1 else ""
        yield Part(f"Screen {screen_number}", title, _screen(screen, numbers))


def _rotating(rotating: tuple[Block, ...]) -> Iterator[Rotating]:
    lens_of = {block.name: lens for lens in lenses() for block in lens.blocks}
    for block in rotating:
        letters = iter("abcdefghij")
        screens = tuple(
            _screen(screen, [next(letters) for _ in screen]) for screen in block.screens
        )
        lens = lens_of[block.name]
        yield Rotating(_name(block.name, lens.lens), lens.about, screens)


def _name(block: str, lens: str) -> str:
    """The name of a block in words: `loyalty_whom` is `Loyalty: whom`."""
    rest = block.removeprefix(lens).replace("_", " ").strip()
    name = lens.replace("_", " ") if block.startswith(lens) else ""
    return wording.sentence(": ".join(filter(None, (name, rest))))


def _seconds(block: Block) -> int:
    return seconds([each.type for each in block.questions])


def _screen(screen: Sequence[Question], numbers: Sequence[str]) -> Screen:
    return tuple(_asked(each, number) for each, number in zip(screen, numbers, strict=True))


def _asked(ours: Question, number: str) -> Asked:
    return Asked(
        number=number,
        ref=ours.ref,
        title=ours.title,
        description=ours.description,
        control=CONTROLS[ours.type],
        is_required=ours.required,
        choices=tuple(ours.choices.values()) or EITHER.get(ours.type, ()),
        has_other=ours.other,
        is_several=ours.several,
        is_shuffled=ours.shuffled,
        steps=(1, 2, 3, 4, 5) if ours.ends else (),
        ends=ours.ends or ("", ""),
    )
