"""What becomes of a signed webhook: landed, or left to a pull, and what Typeform is told."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

from winloss.settings import FormKind
from winloss.typeform.api.client import ResponseType
from winloss.typeform.receiver.event import Event, event


class Landing(Protocol):
    """Where responses go, handed in by who knows the programme; called from several threads."""

    def kind(self, form_id: str) -> FormKind | None:
        """The kind of a form; None for a form the programme does not know."""

    def land(self, delivered: Event, form_kind: FormKind, received_at: datetime) -> bool:
        """Have the response on disk, flushed, when this returns; False where it was there before.

        Raises ValueError for what is no JSON object, and OSError where it cannot be written.
        """


@dataclass(frozen=True)
class Answer:
    """What is said to Typeform and, as text, in the log: nothing that the sender said."""

    status: HTTPStatus
    outcome: str
    form_kind: FormKind | None = None
    response_type: ResponseType | None = None

    def __str__(self) -> str:
        """Such as `200 lost_deal completed: landed`."""
        about = " ".join(each for each in (self.form_kind, self.response_type) if each)
        return f"{self.status.value} {about}{': ' if about else ''}{self.outcome}"


def settle(body: bytes | bytearray, landing: Landing, received_at: datetime) -> Answer:
    """Land the response a signed body holds, and say what came of it.

    200 is said only where nothing is left to repeat: the response is on disk, or no repeat
    could bring it there.
    """
    try:
        delivered = event(body)
    except ValueError as error:
        return Answer(
            HTTPStatus.BAD_REQUEST, f"not landed ({error}); a pull brings what is missing"
        )
    if delivered is None:
        return Answer(HTTPStatus.OK, "an event of another kind, not landed")
    if delivered.is_test:
        return Answer(HTTPStatus.OK, "a test, not landed")
    form_kind = landing.kind(delivered.form_id)
    if form_kind is None:
        return Answer(
            HTTPStatus.OK,
            "not landed, its form is not in winloss.toml; a pull brings it once it is",
            response_type=delivered.response_type,
        )
    return _landed(delivered, form_kind, landing, received_at)


def _landed(
    delivered: Event, form_kind: FormKind, landing: Landing, received_at: datetime
) -> Answer:
    about = (form_kind, delivered.response_type)
    try:
        is_new = landing.land(delivered, form_kind, received_at)
    except ValueError:
        return Answer(HTTPStatus.BAD_REQUEST, "not landed, it cannot be read", *about)
    except OSError as error:
        outcome = f"not landed ({error.strerror}); Typeform repeats it for ten hours"
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, outcome, *about)
    return Answer(HTTPStatus.OK, "landed" if is_new else "here already", *about)
