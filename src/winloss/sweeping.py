"""The steps of a sweep: from the next build on, what was deleted at the source counts no more.

The names of all responses are read and compared with what came in; each difference lands as a
line, is loaded, built and published. Killed anywhere, a sweep that is run again completes it.
"""

import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from winloss import settings, steps, warehouse, wording
from winloss.errors import SettingsError, TypeformError, WarehouseError
from winloss.steps import check_keys, tell
from winloss.typeform.reading.sweeping import Named, Names, Unread, read_names
from winloss.warehouse import sweeping as swept

log = logging.getLogger("winloss")

SETTLED_AFTER = timedelta(hours=2)
"""What was given or came in less long before a sweep is left alone: Typeform shows a response
about 30 minutes late (typeform.com/developers/responses/reference/retrieve-responses), and a
webhook may come before its response can be read at all (typeform.com/developers/webhooks)."""

MANY = 5
"""From so many on, more than half of a form's responses gone is more likely a mistake; all of
them are at any number."""


@dataclass(frozen=True)
class Compared:
    """One form: what we hold, against what Typeform has."""

    form_id: str
    form_kind: str
    judged_count: int
    """Responses that count and are old enough to be looked for."""
    left_alone_count: int
    """Responses that count, but came in too lately or have no name to be found by."""
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    unheld_count: int = 0
    """Responses at Typeform that never came in, and that the next pull would pass over."""
    unread: str = ""
    """Why the form could not be compared, so that nothing follows."""
    doubt: str = ""
    """Why what is gone is not believed, so that nothing lands."""

    @property
    def statements(self) -> dict[str, bool]:
        """Response -> whether it is deleted at the source, of those for which that is new."""
        if self.unread or self.doubt:
            return {}
        return dict.fromkeys(self.gone, True) | dict.fromkeys(self.back, False)


def sweep(home: Path, now: datetime, accepted: Collection[str] = ()) -> tuple[Compared, ...]:
    """All the steps in their order, without `check`, so that what was found can be shown first."""
    accepted = accepted_forms(settings.read(home), accepted)
    named = read(home, now, accepted)
    compared = compare(home, named, now, accepted)
    land(home, compared, now)
    steps.build(home, now)
    steps.publish(home, now)
    return compared


def read(home: Path, now: datetime, accepted: Collection[str] = ()) -> Named:
    """Read from Typeform what every response of every form is called.

    Raises SettingsError for a name in `accepted` that means none of our forms, and WarehouseError
    where nothing has come in yet that could be compared.
    """
    programme = settings.read(home)
    check_keys(programme)
    accepted_forms(programme, accepted)
    if not programme.warehouse.is_file():
        raise WarehouseError(
            f"There is no warehouse at {programme.warehouse} to compare with; "
            "run `winloss run` first."
        )
    if not programme.typeform.forms:
        return Named((), ())
    named = read_names(programme, now=now, progress=tell)
    for each in named.unread:
        log.warning("%s %s could not be read: %s", each.form_kind, each.form_id, each.detail)
    return named


def accepted_forms(programme: settings.Settings, names: Collection[str]) -> tuple[str, ...]:
    """The ids of forms named by their id, or by their kind where only one form is of it.

    Raises SettingsError for a name that means none of our forms, or several.
    """
    return tuple(_accepted_form(programme, name) for name in names)


def _accepted_form(programme: settings.Settings, name: str) -> str:
    forms = programme.typeform.forms
    if name in {form.id for form in forms}:
        return name
    found = [form.id for form in forms if form.kind == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingsError(
            f"{wording.sentence(wording.counted(len(found), 'form'))} are of the kind {name}: "
            f"{wording.listed(found)}. Say which one is meant, such as `--accept {found[0]}`."
        )
    ours = wording.listed([f"{form.id} ({form.kind})" for form in forms])
    raise SettingsError(
        f"There is no form {name} in {programme.home / settings.FILE} whose loss could be "
        f"accepted; there are {ours or 'none'}."
    )


def compare(
    home: Path, named: Named, now: datetime, accepted: Collection[str] = ()
) -> tuple[Compared, ...]:
    """What is gone and what is back, form by form; loads first what an earlier sweep had landed."""
    programme = settings.read(home)
    log.info("comparing with what came in")
    _load(programme, now)
    with warehouse.reading(programme.warehouse, zone=programme.time_zone) as connection:
        held = swept.held(connection)
        pulled_until = warehouse.cursors(connection)
    overlap = timedelta(hours=programme.typeform.overlap_hours)
    sought_from = {key: until - overlap for key, until in pulled_until.items()}
    forms = {
        **{
            each.form_id: replace(
                _read_form(held, each, now, accepted),
                unheld_count=each.unheld_count(_names(held, each.form_id), sought_from),
            )
            for each in named.read
        },
        **{each.form_id: _unread_form(held, each, now, accepted) for each in named.unread},
    }
    return tuple(forms[form.id] for form in programme.typeform.forms if form.id in forms)


def land(home: Path, compared: Collection[Compared], now: datetime) -> int:
    """Land what is gone and what is back, a file a form, and load it; returns how many that is.

    The next pull reads a form from its beginning where responses of it never came in.
    """
    programme = settings.read(home)
    stated = [each for each in compared if each.statements]
    for each in stated:
        swept.land_swept(
            programme.landing,
            each.statements,
            form_id=each.form_id,
            form_kind=each.form_kind,
            swept_at=now,
        )
    _load(programme, now, read_anew=[each.form_id for each in compared if each.unheld_count])
    return sum(len(each.statements) for each in stated)


def said(compared: Collection[Compared]) -> list[str]:
    """What follows from a sweep, in sentences."""
    counts = Counter(is_deleted for each in compared for is_deleted in each.statements.values())
    lines = []
    if counts[True]:
        was, counts_on = ("was", "counts") if counts[True] == 1 else ("were", "count")
        gone = wording.sentence(wording.counted(counts[True], "response"))
        lines.append(
            f"{gone} {was} deleted at the source and {counts_on} no more: in no figure, no quote, "
            "not in the analysts' copy. Editions made before keep their words."
        )
    if counts[False]:
        is_there, counts_again = ("is", "counts") if counts[False] == 1 else ("are", "count")
        back = wording.sentence(wording.counted(counts[False], "response"))
        lines.append(f"{back} {is_there} back at the source and {counts_again} again.")
    lines += [_unheld(each) for each in compared if each.unheld_count]
    lines += [
        f"{each.form_kind} {each.form_id} was not compared: {each.unread}"
        for each in compared
        if each.unread
    ]
    is_quiet = not lines and not any(each.doubt for each in compared)
    return ["Nothing more was deleted at the source."] if is_quiet else lines


def _unheld(form: Compared) -> str:
    is_there, it = ("is", "it") if form.unheld_count == 1 else ("are", "them")
    there = wording.sentence(wording.counted(form.unheld_count, "response"))
    return (
        f"{there} of {form.form_kind} {form.form_id} {is_there} at Typeform and never came in; "
        f"the next pull reads the form from its beginning and brings {it}."
    )


def left_alone(compared: Collection[Compared]) -> str:
    """What `left_alone_count` is made of; empty where nothing was left alone."""
    if not any(each.left_alone_count and not each.unread for each in compared):
        return ""
    hours = wording.counted(SETTLED_AFTER // timedelta(hours=1), "hour")
    return f"left alone: came in within {hours}, or has no name to be found by"


def check(compared: Collection[Compared]) -> None:
    """Raise TypeformError where so much is gone that a person should look before it is believed."""
    doubts = [each.doubt for each in compared if each.doubt]
    if doubts:
        raise TypeformError(" ".join(doubts))


def _load(programme: settings.Settings, now: datetime, read_anew: Collection[str] = ()) -> None:
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        connection.execute("begin")
        warehouse.load_landing(connection, programme.landing, now=now)
        warehouse.forget_cursors(connection, read_anew)
        connection.execute("commit")


def _read_form(
    held: pl.DataFrame, names: Names, now: datetime, accepted: Collection[str]
) -> Compared:
    """A form that was read from end to end, and whether that is to be believed."""
    found = _compared(held, names.form_id, names.form_kind, names.names, now)
    if not found.gone or names.form_id in accepted:
        return found
    form = f"{names.form_kind} {names.form_id}"
    accept = f"if they are deleted there, run `winloss sweep --accept {names.form_id}`."
    if names.lacking_count:
        given = wording.counted(names.lacking_count, "response")
        return replace(
            found,
            doubt=f"Typeform counts {given} of {form} more than it gave, and "
            f"{len(found.gone):,} that we hold are not among those given; none was taken out. "
            f"Sweep again later. If it stays so, look at the form's results in Typeform: {accept}",
        )
    is_most = len(found.gone) >= MANY and 2 * len(found.gone) > found.judged_count
    if is_most or len(found.gone) == found.judged_count:
        responses = "response" if found.judged_count == 1 else "responses"
        return replace(
            found,
            doubt=f"Of {found.judged_count:,} {responses} of {form} that we hold, "
            f"{len(found.gone):,} {'is' if len(found.gone) == 1 else 'are'} not at Typeform any "
            "more; none was taken out, since a wrong data centre, a token without rights or a "
            "reset form look the same. Look at the "
            f"form's results in Typeform: {accept}",
        )
    return found


def _unread_form(
    held: pl.DataFrame, form: Unread, now: datetime, accepted: Collection[str]
) -> Compared:
    """A form that was not read; one that is gone loses its responses when a person says so."""
    found = _compared(held, form.form_id, form.form_kind, frozenset(), now)
    if form.is_gone and form.form_id in accepted:
        return found
    kept = found.judged_count + found.left_alone_count
    detail = form.detail
    if form.is_gone and kept:
        what = wording.counted(kept, "response")
        detail += (
            f" What we hold of it ({what}) is kept and counts on. If it shall count no more, run "
            f"`winloss sweep --accept {form.form_id}` before you take the form out."
        )
    return replace(found, judged_count=0, left_alone_count=kept, gone=(), unread=detail)


def _names(held: pl.DataFrame, form_id: str) -> frozenset[str]:
    return frozenset(held.filter(pl.col("form_id") == form_id)["names"].explode().drop_nulls())


def _compared(
    held: pl.DataFrame, form_id: str, form_kind: str, names: frozenset[str], now: datetime
) -> Compared:
    """What we hold of a form against the names Typeform has; by any of its names one is there."""
    ours = held.filter(pl.col("form_id") == form_id)
    is_there = pl.Series(
        [not names.isdisjoint(each) for each in ours["names"].to_list()], dtype=pl.Boolean
    )
    is_settled = ours["heard_at"].dt.convert_time_zone("UTC") < now.astimezone(UTC) - SETTLED_AFTER
    counts = ~ours["is_deleted"]
    may_judge = counts & is_settled & (ours["names"].list.len() > 0)
    return Compared(
        form_id=form_id,
        form_kind=form_kind,
        judged_count=int(may_judge.sum()),
        left_alone_count=int((counts & ~may_judge).sum()),
        gone=tuple(ours.filter(may_judge & ~is_there)["response_id"]),
        back=tuple(ours.filter(~counts & is_there)["response_id"]),
    )
