"""One Typeform account: its forms, their responses as sent, and where they are announced."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Literal, Self

from winloss.errors import TypeformMissing
from winloss.settings import TypeformSettings
from winloss.typeform.api import asking
from winloss.typeform.api.centres import check_data_centre, is_centre
from winloss.typeform.api.judging import BadRequest
from winloss.typeform.api.page import Page, read_page
from winloss.typeform.api.parsing import read_object
from winloss.typeform.api.transport import Transport
from winloss.typeform.api.walking import Walk

ResponseType = Literal["partial", "completed"]
RESPONSE_TYPES: tuple[ResponseType, ...] = ("partial", "completed")
"""In the order to read them: a response goes from partial to completed, never back, so that
one completed between the two readings is in the first, the second or both."""

CLOCKS: dict[ResponseType, Literal["submitted_at", "staged_at"]] = {
    "completed": "submitted_at",
    "partial": "staged_at",
}
"""The moment by which Typeform puts responses of a type into a window."""
_EVERY_TYPE = ("completed", "partial", "started")


class Client:
    """One account's forms and responses; safe to share between threads.

    Use as a context manager, or the sockets stay open until the process ends.
    """

    def __init__(
        self,
        settings: TypeformSettings,
        token: str,
        *,
        waiting: Callable[[str], None] = lambda _: None,
        scopes: str = "",
    ) -> None:
        """`waiting` is told, from any thread, what is waited for, and "" when it is over.

        `scopes` are what the token needs for all that is to come, for messages.
        Raises SettingsError when the token cannot be one.
        """
        self._base_url = settings.base_url
        self._page_size = settings.page_size
        self._transport = Transport(settings, token, waiting, scopes)
        self._takes_window_with_cursor = True
        self._placed: set[str] = set()

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

    def stop(self) -> None:
        """End what other threads are doing with this client; they raise Stopped soon."""
        self._transport.stop()

    def definition(self, form_id: str) -> bytes:
        """The form as it is today, as sent.

        Raises TypeformMissing, TypeformRefused (also for the wrong data centre, where its
        responses would seem to be none) or TypeformUnreachable.
        """
        body = self._transport.ask(asking.of_definition(form_id), partial(_checked, needs="id"))
        check_data_centre(body, form_id, self._base_url)
        self._placed.add(form_id)
        return body

    def pages(
        self,
        form_id: str,
        *,
        response_type: ResponseType,
        since: datetime | None,
        until: datetime,
        fields: tuple[str, ...] = (),
    ) -> Iterator[bytes]:
        """The pages of `walk`, as sent."""
        for page in self.walk(
            form_id, response_type=response_type, since=since, until=until, fields=fields
        ):
            yield page.body

    def walk(
        self,
        form_id: str,
        *,
        response_type: ResponseType,
        since: datetime | None,
        until: datetime,
        fields: tuple[str, ...] = (),
    ) -> Walk:
        """The pages of responses from `since` to `until` (both inclusive), newest first.

        Only the answers to `fields` (ids) are carried, where there are any; ("none",) leaves
        them all out. Where the server refuses a window beside a cursor, the last page may
        reach back behind `since`. A response may come twice; whoever lands them decides by
        content. Raises as `definition`, and TypeformError where responses cannot be reached.
        """
        self._check_place(form_id)
        basis = {"page_size": str(self._page_size), "response_type": response_type}
        window = asking.window(since, until)
        if fields:
            basis["fields"] = ",".join(fields)

        def ask(cursor: str) -> Page:
            return self._page(form_id, basis, window, cursor)

        def is_enough(page: Page) -> bool:
            return since is not None and page.is_all_before(since, CLOCKS[response_type])

        return Walk(ask, f"form {form_id}", self._page_size, is_enough)

    def has_answers(self, form_id: str, field_ids: Iterable[str]) -> set[str]:
        """Those of the fields that any completed, partial or started response answered."""
        self._check_place(form_id)
        return {each for each in field_ids if self._is_answered(form_id, each)}

    def forms(self, search: str = "") -> list[dict[str, Any]]:
        """Every form of the account whose title holds `search`, without its questions."""
        found: dict[str, dict[str, Any]] = {}
        number = 1
        while True:
            question = asking.of_forms(search, number)
            page = self._transport.ask(question, partial(read_object, needs="items"))
            items = page["items"] if isinstance(page["items"], list) else []
            listed = {
                str(form["id"]): form for form in items if isinstance(form, dict) and "id" in form
            }
            if not listed.keys() - found.keys():
                return list(found.values())
            found |= listed
            number += 1

    def create(self, definition: dict[str, Any]) -> dict[str, Any]:
        """Make a form; returns it with the id it was given.

        Sent again only where it certainly did not arrive. Raises TypeformUnreachable where
        it may have, and BadRequest naming the place where Typeform refuses the definition.
        """
        question = asking.of_creation(definition)
        return self._transport.ask(question, partial(read_object, needs="id"))

    def replace(self, form_id: str, definition: dict[str, Any]) -> dict[str, Any]:
        """Put the definition in the place of the form's; returns it as it is now.

        A question left out is deleted with every answer to it (typeform.com/developers/
        create/reference/update-form). Raises as `create`, and TypeformMissing.
        """
        question = asking.of_replacement(form_id, definition)
        return self._transport.ask(question, partial(read_object, needs="id"))

    def put_webhook(self, form_id: str, tag: str, webhook: dict[str, Any]) -> None:
        """Make or replace the form's webhook of that tag."""
        self._transport.ask(asking.of_webhook(form_id, tag, webhook), len)

    def webhook(self, form_id: str, tag: str) -> dict[str, Any] | None:
        """The form's webhook of that tag, or None where there is no such webhook or form."""
        try:
            return self._transport.ask(asking.of_webhook(form_id, tag), read_object)
        except TypeformMissing:
            return None

    def _check_place(self, form_id: str) -> None:
        """At the wrong data centre a form has no responses, which must never be believed."""
        if form_id not in self._placed and is_centre(self._base_url):
            self.definition(form_id)

    def _page(
        self, form_id: str, basis: dict[str, str], window: dict[str, str], cursor: str
    ) -> Page:
        if not cursor:
            return self._responses(form_id, basis | window)
        try:
            return self._page_behind(form_id, basis | {"before": cursor}, window)
        except TypeformMissing as error:
            # Page one came, so the form is there: it is the response that is not.
            raise BadRequest(
                f"Typeform knows none of the responses by which the next page of form {form_id} "
                "can be asked for. Pull again."
            ) from error

    def _page_behind(self, form_id: str, behind: dict[str, str], window: dict[str, str]) -> Page:
        """Whether a window may go with a cursor is disputed: with it first, then without."""
        if self._takes_window_with_cursor:
            try:
                return self._responses(form_id, behind | window)
            except BadRequest:
                page = self._responses(form_id, behind)
                self._takes_window_with_cursor = False
                return page
        return self._responses(form_id, behind)

    def _responses(self, form_id: str, parameters: dict[str, str]) -> Page:
        return self._transport.ask(asking.of_responses(form_id, parameters), read_page)

    def _is_answered(self, form_id: str, field_id: str) -> bool:
        for each in _EVERY_TYPE:
            wanted = {"answered_fields": field_id, "page_size": "1", "response_type": each}
            try:
                page = self._responses(form_id, wanted)
            except BadRequest:
                # Whether `started` may be asked for is disputed.
                if each != "started":
                    raise
                return False
            if page.names or page.total_count:
                return True
        return False


def _checked(body: bytes, needs: str) -> bytes:
    read_object(body, needs)
    return body
