"""Reads the forms and responses of one Typeform account, as sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, Self

from winloss.errors import TypeformError
from winloss.settings import TypeformSettings
from winloss.typeform.transport import BadRequest, Transport, tolerant

ResponseType = Literal["completed", "partial"]
RESPONSE_TYPES: tuple[ResponseType, ...] = ("completed", "partial")

_CLOCKS = {"completed": "submitted_at", "partial": "staged_at"}


class Client:
    """One account's forms and responses; safe to share between threads.

    Use as a context manager, or the sockets stay open until the process ends.
    """

    def __init__(self, settings: TypeformSettings, token: str) -> None:
        """Raises SettingsError when the token cannot be one."""
        self._page_size = settings.page_size
        self._transport = Transport(settings, token)
        self._takes_window_with_cursor = True

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def definition(self, form_id: str) -> bytes:
        """The form as it is today, as sent.

        Raises TypeformMissing, TypeformRefused or TypeformUnreachable.
        """
        return self._transport.get(form_id, "", {}, needs="id")

    def pages(
        self,
        form_id: str,
        *,
        response_type: ResponseType,
        since: datetime | None,
        until: datetime,
    ) -> Iterator[bytes]:
        """The pages of responses from `since` to `until` (both inclusive), newest first, as sent.

        Ends at an empty page: a short one proves nothing, since a server may cap the page
        size, and one request more is cheaper than a lost response. Where the server refuses
        a window beside a cursor, the last page may reach back behind `since`. A response
        may come twice; whoever lands them decides by content.
        """
        window = _window(since, until)
        seen: set[str] = set()
        cursor = ""
        while True:
            page = self._page(form_id, response_type, window, cursor)
            items = _items(page)
            tokens = [token for token in map(_token, items) if token]
            if not items or (tokens == [cursor] and len(items) < self._page_size):
                return
            _check_progress(form_id, tokens, seen)
            yield page
            if since is not None and _is_all_before(items, _CLOCKS[response_type], since):
                return
            seen.update(tokens)
            cursor = tokens[-1]

    def _page(self, form_id: str, response_type: str, window: dict[str, str], cursor: str) -> bytes:
        basis = {"page_size": str(self._page_size), "response_type": response_type}
        if not cursor:
            return self._responses(form_id, basis | window)
        if self._takes_window_with_cursor:
            try:
                return self._responses(form_id, basis | window | {"before": cursor})
            except BadRequest:
                self._takes_window_with_cursor = False
        return self._responses(form_id, basis | {"before": cursor})

    def _responses(self, form_id: str, parameters: dict[str, str]) -> bytes:
        return self._transport.get(form_id, "/responses", parameters, needs="items")


def _items(page: bytes) -> list[Any]:
    items = tolerant(page)["items"]
    return items if isinstance(items, list) else []


def _token(item: object) -> str:
    """What names a response: older items have no response_id, some no token."""
    if not isinstance(item, dict):
        return ""
    names = (item.get(key) for key in ("token", "response_id", "landing_id"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _check_progress(form_id: str, tokens: list[str], seen: set[str]) -> None:
    """Stop where going on would lose responses without a word, or never end."""
    if not tokens:
        raise TypeformError(
            f"A page of form {form_id} names none of its responses; the next page cannot be "
            "asked for. Check typeform.base_url."
        )
    if seen.issuperset(tokens):
        raise TypeformError(
            f"Typeform gives the same page of form {form_id} again and again; older responses "
            "cannot be reached. Check typeform.base_url, then pull again."
        )


def _window(since: datetime | None, until: datetime) -> dict[str, str]:
    window = {"until": _stamp(until)}
    return window if since is None else {"since": _stamp(since)} | window


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_all_before(items: list[Any], clock: str, since: datetime) -> bool:
    """Whether a page lies wholly before the window; an item without a time says no."""
    moments = [_moment(item, clock) for item in items]
    return all(moment is not None and moment < since for moment in moments)


def _moment(item: object, clock: str) -> datetime | None:
    said = item.get(clock) if isinstance(item, dict) else None
    if not isinstance(said, str) or said.startswith("0001-"):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
