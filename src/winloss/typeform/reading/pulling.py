"""Fetches what is new and keeps it as sent, compressed, below the programme's pulls/."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from winloss.errors import (
    SettingsError,
    TypeformError,
    TypeformMissing,
    TypeformRefused,
    TypeformUnreachable,
)
from winloss.settings import FormSettings, Settings
from winloss.typeform.api.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.api.judging import AccountUnreachable
from winloss.typeform.api.pace import Stopped
from winloss.typeform.reading.kept import folder_of, keep
from winloss.typeform.reading.progress import Progress
from winloss.typeform.reading.tallying import Tally
from winloss.typeform.reading.together import at_once
from winloss.wording import times

Since = Mapping[tuple[str, str], datetime]


@dataclass(frozen=True)
class Short:
    """The responses of one type of which Typeform counted more than it gave."""

    response_type: ResponseType
    told_count: int
    given_count: int


@dataclass(frozen=True)
class Pulled:
    """One form's definition and new pages, on disk."""

    form_id: str
    form_kind: str
    definition: Path
    pages: tuple[Path, ...]
    until: datetime
    short: tuple[Short, ...] = ()
    """What is to be read again from where this pull began."""


@dataclass(frozen=True)
class Missing:
    """A form set aside: a stable reason, and a sentence on what to do."""

    form_id: str
    form_kind: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Pulls:
    """What one pull brought, and what it could not."""

    pulled: tuple[Pulled, ...]
    missing: tuple[Missing, ...]


def pull(
    settings: Settings,
    *,
    since: Since,
    now: datetime,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Pulls:
    """Fetch every form of the settings: its definition, partial and completed responses.

    Reads `forms_at_once` forms at a time, at one pace for all. `since` holds, per (form id,
    response type), the `until` of the last pull that was landed; reading starts
    `overlap_hours` before it, and at the beginning where there is none or where it lies in
    the future (a clock was wrong then, and nobody knows what was read). `progress` is told
    in the caller's thread, a few times a second. A form that is gone, refused, unreadable or
    alone out of reach is set aside.

    When no form at all could be read, raises TypeformUnreachable where one was out of reach,
    else the first refusal. Raises TypeformUnreachable as soon as the whole account is out of
    reach, SettingsError for a token or an address that cannot be one, and WinLossError where
    files cannot be written. Files are whole or absent, and pulling again at the same `now`
    writes the same names.
    """
    forms = settings.typeform.forms
    if not forms:
        return Pulls((), ())
    _check_once(forms)
    tally = Tally(len(forms), walks_per_form=len(RESPONSE_TYPES))
    token = settings.typeform_token.get_secret_value()
    with Client(settings.typeform, token, waiting=tally.wait_for) as client:
        found = at_once(
            client,
            partial(_read, _Run(settings, client, since, now, tally)),
            forms,
            threads=settings.typeform.forms_at_once,
            tell=lambda: progress(tally.progress()),
        )
    pulled = tuple(each for each in found if isinstance(each, Pulled))
    failures = [each for each in found if isinstance(each, TypeformError)]
    if not pulled:
        _raise_refusal(failures)
    missing = (
        Missing(form.id, form.kind, reason(error), str(error))
        for form, error in zip(forms, found, strict=True)
        if isinstance(error, TypeformError)
    )
    return Pulls(pulled, tuple(missing))


def _check_once(forms: Sequence[FormSettings]) -> None:
    """Two readings of one form would write the same files at the same time."""
    for form_id, count in Counter(form.id for form in forms).items():
        if count > 1:
            raise SettingsError(
                f"typeform.forms in winloss.toml names form {form_id} {times(count)}; "
                "keep one of them."
            )


def reason(error: TypeformError) -> str:
    """Why a form is set aside, in words that stay the same."""
    if isinstance(error, TypeformMissing):
        return "form missing"
    if isinstance(error, TypeformUnreachable):
        return "form unreachable"
    return "form refused" if isinstance(error, TypeformRefused) else "form unreadable"


def _raise_refusal(failures: list[TypeformError]) -> None:
    """What may pass goes first: whoever runs this again then reads what can be read."""
    refusals = [each for each in failures if not isinstance(each, TypeformMissing)]
    for error in sorted(refusals, key=lambda each: not isinstance(each, TypeformUnreachable)):
        raise error


@dataclass(frozen=True)
class _Run:
    settings: Settings
    client: Client
    since: Since
    now: datetime
    tally: Tally


def _read(run: _Run, form: FormSettings) -> Pulled | TypeformError:
    """One form, or why it is set aside; what ends the whole pull is raised."""
    try:
        definition = run.client.definition(form.id)
        path = _keep(run, form, "form", definition)
        read = [_read_type(run, form, each) for each in RESPONSE_TYPES]
    except (AccountUnreachable, Stopped):
        raise
    except TypeformError as error:
        return error
    finally:
        run.tally.form_done(form.id)
    pages = tuple(page for kept, _ in read for page in kept)
    short = tuple(each for _, each in read if each)
    return Pulled(form.id, form.kind, path, pages, run.now, short)


def _read_type(
    run: _Run, form: FormSettings, response_type: ResponseType
) -> tuple[list[Path], Short | None]:
    last = run.since.get((form.id, response_type))
    overlap = timedelta(hours=run.settings.typeform.overlap_hours)
    walk = run.client.walk(
        form.id,
        response_type=response_type,
        since=last - overlap if last and last <= run.now else None,
        until=run.now,
    )
    kept = []
    for number, page in enumerate(walk, start=1):
        kept.append(_keep(run, form, f"{response_type}_{number:05}", page.body))
        run.tally.page_read(
            form.id, response_type, item_count=len(page.names), told_count=page.total_count
        )
    run.tally.walk_over(form.id, response_type)
    if not walk.lacking_count:
        return kept, None
    return kept, Short(response_type, walk.told_count, walk.given_count)


def _keep(run: _Run, form: FormSettings, name: str, body: bytes) -> Path:
    at = run.now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return keep(folder_of(run.settings.pulls, form.id) / f"{at}_{name}.json.gz", body)
