"""Fetches what is new and keeps it as sent, compressed, below the programme's pulls/."""

import gzip
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from winloss.errors import TypeformError, TypeformMissing, TypeformRefused, TypeformUnreachable
from winloss.settings import FormSettings, Settings
from winloss.typeform.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.transport import tolerant

_HOSTS = {"api.typeform.com", "api.eu.typeform.com", "api.typeform.eu"}

Since = Mapping[tuple[str, str], datetime]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Pulled:
    """One form's definition and new pages, on disk."""

    form_id: str
    form_kind: str
    definition: Path
    pages: tuple[Path, ...]
    until: datetime


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
    settings: Settings, *, since: Since, now: datetime, progress: Progress = lambda _: None
) -> Pulls:
    """Fetch every form of the settings: its definition, completed and partial responses.

    `since` holds, per (form id, response type), the `until` of the last pull that was
    landed; reading starts `overlap_hours` before it, and at the beginning where there is
    none. `progress` is told one line per page. A form that is gone, refused or
    unreadable is set aside.

    Raises the first refusal when no form at all could be read, SettingsError for a token or
    an address that cannot be one, and TypeformUnreachable. Files are whole or absent, and
    pulling again at the same `now` writes the same names.
    """
    forms = settings.typeform.forms
    if not forms:
        return Pulls((), ())
    pulled: list[Pulled] = []
    failures: list[TypeformError] = []
    missing: list[Missing] = []
    with Client(settings.typeform, settings.typeform_token.get_secret_value()) as client:
        for form in forms:
            try:
                pulled.append(_Form(settings, client, form, now, progress).pull(since))
            except TypeformUnreachable:
                raise
            except TypeformError as error:
                failures.append(error)
                missing.append(Missing(form.id, form.kind, _reason(error), str(error)))
    if not pulled:
        _raise_refusal(failures)
    return Pulls(tuple(pulled), tuple(missing))


def _reason(error: TypeformError) -> str:
    if isinstance(error, TypeformMissing):
        return "form missing"
    return "form refused" if isinstance(error, TypeformRefused) else "form unreadable"


def _raise_refusal(failures: list[TypeformError]) -> None:
    for error in failures:
        if not isinstance(error, TypeformMissing):
            raise error


@dataclass(frozen=True)
class _Form:
    settings: Settings
    client: Client
    form: FormSettings
    now: datetime
    progress: Progress

    def pull(self, since: Since) -> Pulled:
        definition = self.client.definition(self.form.id)
        _check_data_centre(definition, self.form.id, self.settings.typeform.base_url)
        path = self._keep("form", definition)
        pages = [page for kind in RESPONSE_TYPES for page in self._pages(kind, since)]
        return Pulled(self.form.id, self.form.kind, path, tuple(pages), self.now)

    def _pages(self, response_type: ResponseType, since: Since) -> list[Path]:
        last = since.get((self.form.id, response_type))
        overlap = timedelta(hours=self.settings.typeform.overlap_hours)
        pages = self.client.pages(
            self.form.id,
            response_type=response_type,
            since=last and last - overlap,
            until=self.now,
        )
        kept = []
        for number, page in enumerate(pages, start=1):
            kept.append(self._keep(f"{response_type}_{number:05}", page))
            self.progress(f"{self.form.kind} {self.form.id}: {response_type} page {number}")
        return kept

    def _keep(self, name: str, body: bytes) -> Path:
        run = self.now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        folder = self.settings.pulls / quote(self.form.id, safe="")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{run}_{name}.json.gz"
        _write_whole(path, gzip.compress(body, mtime=0))
        return path


def _write_whole(path: Path, body: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _check_data_centre(definition: bytes, form_id: str, base_url: str) -> None:
    """Refuse Typeform's wrong data centre, which would answer with no responses at all."""
    found = tolerant(definition)
    links = found.get("_links")
    responses = links.get("responses") if isinstance(links, dict) else None
    kept = urlsplit(responses if isinstance(responses, str) else "").hostname
    asked = urlsplit(base_url).hostname
    if kept != asked and {kept, asked} <= _HOSTS:
        raise TypeformRefused(
            f"The responses of form {form_id} are kept at {kept}, not at {asked}. "
            f'Set typeform.base_url = "https://{kept}" in winloss.toml.'
        )
