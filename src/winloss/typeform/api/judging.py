"""What is asked of Typeform, and what the status of its answer means for whoever asked."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import mktime_tz, parsedate_tz
from http import HTTPStatus

from winloss.errors import TypeformMissing, TypeformRefused, TypeformUnreachable
from winloss.typeform.api.parsing import tolerant

READING = "forms:read and responses:read"
ALL_FORMS = "/forms"

_PASSING = {408, 425, 429, 499}
_CODE = re.compile(r"[A-Z_]{1,60}")
_PLACE = re.compile(r"[\w.\[\]/-]{1,80}", re.ASCII)


class BadRequest(TypeformRefused):
    """Typeform does not accept these parameters."""


class AccountUnreachable(TypeformUnreachable):
    """Nothing at all can be had now, whichever form is asked for."""


class Passing(Exception):  # noqa: N818 (not an error yet: it may pass)
    """What went wrong this time; trying again may help."""

    def __init__(
        self, what: str, *, is_limit: bool = False, wait: float = 0, never_arrived: bool = False
    ) -> None:
        """`wait` is how many seconds Typeform asks for; `is_limit` when for its rate limit.

        `never_arrived` when nothing can have come of the request.
        """
        super().__init__(what)
        self.is_limit = is_limit
        self.wait = wait
        self.never_arrived = never_arrived


@dataclass(frozen=True)
class Question:
    """One request: a verb and a path below the account's address."""

    verb: str
    path: str
    about: str
    """What it is about, for messages: `form Lost1`."""
    scopes: str = READING
    """What the token needs for it."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)

    @property
    def may_repeat(self) -> bool:
        """Whether sending it twice comes to the same as sending it once."""
        return self.verb != "POST"


@dataclass(frozen=True)
class Answer:
    """What came back, whole."""

    status: int
    retry_after: str | None
    body: bytes


def judge(answer: Answer, question: Question, base: str, scopes: str = "") -> None:
    """Map a status to what the operator should do.

    `scopes` are what the whole command needs, where that is more than the question does.
    """
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    said = f"{status} {_explained(answer.body)}".strip()
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        is_limit = status == HTTPStatus.TOO_MANY_REQUESTS
        wait = retry_after(answer.retry_after)
        raise Passing(said, is_limit=is_limit, wait=wait, never_arrived=is_limit)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise TypeformRefused(
            f"Typeform refused the token for {question.about} ({said}). Check "
            f"WINLOSS_TYPEFORM_TOKEN; it needs the scopes {scopes or question.scopes}."
        )
    if status == HTTPStatus.NOT_FOUND and question.path == ALL_FORMS:
        raise TypeformRefused(
            f"There is no Typeform at {base} ({said}). Check typeform.base_url in winloss.toml."
        )
    if status == HTTPStatus.NOT_FOUND:
        raise TypeformMissing(
            f"There is no {question.about} at {base} ({said}). If it was deleted, take it out "
            "of typeform.forms in winloss.toml; if not, check typeform.base_url."
        )
    raise BadRequest(
        f"Typeform refused the request for {question.about} ({said}). "
        "Check typeform.forms and typeform.base_url in winloss.toml."
    )


def retry_after(header: str | None) -> float:
    """How many seconds the header asks to wait; 0 where it says nothing that can be read."""
    if header is None:
        return 0
    try:
        return float(_seconds(header.strip()))
    except (ValueError, OverflowError):
        return 0


def _seconds(header: str) -> float:
    """As said, however long: urllib3's own reading takes six hours for the most."""
    if re.fullmatch(r"[0-9]+", header):
        return int(header)
    date = parsedate_tz(header)
    return 0 if date is None else max(0, mktime_tz(date) - time.time())


def _explained(body: bytes) -> str:
    """Typeform's names for an error and its place, when the body is one of its error bodies.

    Its sentences are left out: they may repeat what was sent, a secret included.
    """
    try:
        found = tolerant(body)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    details = found.get("details")
    places = map(_place, details) if isinstance(details, list) else ()
    named = ", ".join(place for place in places if place)
    code = found.get("code")
    known = code if isinstance(code, str) and _CODE.fullmatch(code) else ""
    return f"{known} at {named}" if known and named else known


def _place(detail: object) -> str:
    found = detail.get("field") if isinstance(detail, dict) else None
    return found if isinstance(found, str) and _PLACE.fullmatch(found) else ""
