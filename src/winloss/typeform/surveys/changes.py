"""Says what a push would do to a form, and what it did that cannot be undone."""

from collections.abc import Iterable, Iterator

from winloss.typeform.surveys.difference import Difference, What

_REMOVE = "remove "


def planned(found: Iterable[Difference]) -> Iterator[str]:
    """What is to be done, such as `remove job (nobody answered it)` and `add goal, missed`.

    True only after what has answers was refused.
    """
    found = list(found)
    gone = [each for each in found if each.change.startswith(_REMOVE)]
    for each in gone:
        did = "took" if each.what is What.CHOICE_EXTRA else "answered"
        yield f"{each.change} (nobody {did} it)"
    new = [each.ref for each in found if each.what in (What.MISSING, What.RENAMED) and each.ref]
    if new:
        yield f"add {', '.join(new)}"
    yield from (each.change for each in found if each.change and each not in gone)


def removed(found: Iterable[Difference]) -> Iterator[str]:
    """What was taken out, such as `removed job, which nobody had answered`."""
    for each in found:
        if each.change.startswith(_REMOVE):
            name = each.change.removeprefix(_REMOVE)
            done = "taken" if each.what is What.CHOICE_EXTRA else "answered"
            yield f"removed {name}, which nobody had {done}"
