"""Reads what every response of every form is called: a response not among the names is deleted.

Typeform has no feed of deletions: deleting answers 200 once it is registered and says nothing to
anybody else (typeform.com/developers/responses/reference/delete-responses). Reading a form whole
and comparing is the one way to learn of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from winloss.errors import TypeformError, TypeformMissing
from winloss.settings import FormSettings, Settings
from winloss.typeform.api.client import CLOCKS, RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.api.pace import Stopped
from winloss.typeform.api.page import Page
from winloss.typeform.api.parsing import tolerant
from winloss.typeform.reading.progress import Progress
from winloss.typeform.reading.tallying import Tally
from winloss.typeform.reading.together import at_once

NAMES = ("response_id", "token", "landing_id")
"""What may name a response; an old item has but one of them, and not always the same."""

# A partial response may be completed after the sweep's own instant and before it is read.
_AHEAD = timedelta(days=1)
_NO_FIELD = ("none",)


@dataclass(frozen=True)
class Given:
    """One response at Typeform."""

    response_type: ResponseType
    names: tuple[str, ...]
    """What it is called, by any of `NAMES`."""
    given_at: datetime | None
    """The moment by which a pull finds it; None where it has none."""


@dataclass(frozen=True)
class Names:
    """What one form holds at Typeform, read from end to end."""

    form_id: str
    form_kind: str
    given: tuple[Given, ...]
    """Its responses; one that came twice is in twice."""
    lacking_count: int
    """How many more responses Typeform counted than it gave."""

    @property
    def names(self) -> frozenset[str]:
        """Whatever its responses are called."""
        return frozenset(name for each in self.given for name in each.names)

    def unheld_count(
        self, held: frozenset[str], sought_from: Mapping[tuple[str, str], datetime]
    ) -> int:
        """How many of them go by none of the names held, and no pull will look for again.

        `sought_from` holds, per (form id, response type), from when on the next pull reads;
        where there is nothing it reads all.
        """
        return len(
            {
                each.names[0]
                for each in self.given
                if held.isdisjoint(each.names)
                and (start := sought_from.get((self.form_id, each.response_type))) is not None
                and (each.given_at is None or each.given_at < start)
            }
        )


@dataclass(frozen=True)
class Unread:
    """A form of which not every page could be had, and what to do about it."""

    form_id: str
    form_kind: str
    is_gone: bool
    """Typeform says that there is no such form."""
    detail: str


@dataclass(frozen=True)
class Named:
    """The forms read whole, and those that were not: nothing follows from a part of a form."""

    read: tuple[Names, ...]
    unread: tuple[Unread, ...]


def read_names(
    settings: Settings, *, now: datetime, progress: Callable[[Progress], None] = lambda _: None
) -> Named:
    """Walk through every form of the settings, several at once; no answer is carried.

    A form of which any page could not be had is set aside. `progress` is told in the caller's
    thread. Raises SettingsError for a token or an address that cannot be one, and the first
    failure when no form could be read and one of them for another cause than being gone.
    """
    forms = settings.typeform.forms
    tally = Tally(len(forms), walks_per_form=len(RESPONSE_TYPES))
    token = settings.typeform_token.get_secret_value()
    with Client(settings.typeform, token, waiting=tally.wait_for) as client:
        found = at_once(
            client,
            partial(_read, _Run(client, now + _AHEAD, tally)),
            forms,
            threads=settings.typeform.forms_at_once,
            tell=lambda: progress(tally.progress()),
        )
    read = tuple(each for each in found if isinstance(each, Names))
    failures = [
        (form, each)
        for form, each in zip(forms, found, strict=True)
        if isinstance(each, TypeformError)
    ]
    for _, error in failures:
        if not read and not isinstance(error, TypeformMissing):
            raise error
    unread = (
        Unread(form.id, form.kind, isinstance(error, TypeformMissing), str(error))
        for form, error in failures
    )
    return Named(read, tuple(unread))


@dataclass(frozen=True)
class _Run:
    client: Client
    until: datetime
    tally: Tally


def _read(run: _Run, form: FormSettings) -> Names | TypeformError:
    """Every name of the form; or why one is missing at least."""
    given: list[Given] = []
    try:
        lacking = sum(_collect(run, form.id, each, given) for each in RESPONSE_TYPES)
    except Stopped:
        raise
    except TypeformError as error:
        return error
    finally:
        run.tally.form_done(form.id)
    return Names(form.id, form.kind, tuple(given), lacking)


def _collect(run: _Run, form_id: str, response_type: ResponseType, given: list[Given]) -> int:
    """Add the responses of one type; returns how many were counted and not given."""
    walk = run.client.walk(
        form_id, response_type=response_type, since=None, until=run.until, fields=_NO_FIELD
    )
    for page in walk:
        given += _given(page, response_type)
        run.tally.page_read(
            form_id, response_type, item_count=len(page.names), told_count=page.total_count
        )
    run.tally.walk_over(form_id, response_type)
    return walk.lacking_count


def _given(page: Page, response_type: ResponseType) -> Iterator[Given]:
    moments = page.moments(CLOCKS[response_type])
    for item, moment in zip(tolerant(page.body)["items"], moments, strict=True):
        found = (item.get(key) for key in NAMES) if isinstance(item, dict) else ()
        names = tuple(name for name in found if isinstance(name, str) and name)
        if names:
            yield Given(response_type, names, moment)
