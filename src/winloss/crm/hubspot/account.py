"""One HubSpot account, asked through HubSpot's own client with our own patience.

Facts of the API (https://developers.hubspot.com/docs/api-reference): pages hold 100 records, 50
where histories are asked for; properties that do not exist are passed over in silence; a history
begins with the latest value.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import requests

from winloss.crm.calling import CrmSession, said_in
from winloss.errors import CrmError, CrmUnreachable
from winloss.settings import HubSpotSettings

log = logging.getLogger("winloss")

PAGE = 100
HISTORY_PAGE = 50
_SAID_EVERY = 1000
_SCOPES = (
    "crm.objects.deals.read, crm.objects.companies.read, crm.objects.owners.read, "
    "crm.schemas.deals.read and crm.schemas.companies.read"
)


Record = Mapping[str, Any]
"""A record as HubSpot sends it."""


@dataclass(frozen=True)
class Stage:
    """One stage of one pipeline of deals."""

    label: str
    pipeline_id: str
    pipeline: str
    is_closed: bool
    is_won: bool


class Account:
    """What can be asked; every question raises CrmError, or CrmUnreachable where it may pass."""

    def __init__(self, settings: HubSpotSettings, token: str) -> None:
        """Raises CrmError where the client is not installed or the token cannot be one."""
        try:
            from hubspot import Client
        except ImportError as error:
            raise CrmError(
                "[crm.hubspot] needs HubSpot's client; install it with: pip install 'winloss[crm]'."
            ) from error
        # Checked here because http.client would print a header it refuses.
        if not re.fullmatch(r"[!-~]+", token.strip()):
            raise CrmError(
                "WINLOSS_HUBSPOT_TOKEN is not set or holds characters no token has. "
                f"Make a private app in HubSpot with the scopes {_SCOPES}."
            )
        self._session = CrmSession("HubSpot", settings.base_url, settings)
        made = partial(_api, host=settings.base_url, wire=_Wire(self._session))
        self._crm = Client.create(access_token=token.strip(), api_factory=made).crm

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def stages(self) -> dict[str, Stage]:
        """Every stage of every pipeline of deals, by its id."""
        return {
            stage["id"]: _stage(stage, pipeline)
            for pipeline in _asked(self._crm.pipelines.pipelines_api.get_all, "deals")["results"]
            for stage in pipeline["stages"]
        }

    def choices(self, kind: str) -> dict[str, dict[str, str]]:
        """Property of `deals` or `companies` -> its options' values -> their labels."""
        found = _asked(self._crm.properties.core_api.get_all, kind)["results"]
        return {
            each["name"]: {option["value"]: option["label"] for option in each.get("options") or ()}
            for each in found
        }

    def owners(self) -> Iterator[Record]:
        """Owners of records, those who left included."""
        for is_archived in (False, True):
            ask = partial(self._crm.owners.owners_api.get_page, archived=is_archived)
            yield from _paged("owners", ask, PAGE)

    def companies(self, properties: list[str]) -> Iterator[Record]:
        """Every company with these properties."""
        ask = partial(self._crm.companies.basic_api.get_page, properties=properties)
        yield from _paged("companies", ask, PAGE)

    def deals(self, properties: list[str], histories: list[str]) -> Iterator[Record]:
        """Every deal with these properties, the histories of some, and its companies."""
        ask = partial(
            self._crm.deals.basic_api.get_page,
            properties=properties,
            properties_with_history=histories,
            associations=["companies"],
        )
        yield from _paged("deals", ask, HISTORY_PAGE)


def _stage(stage: Record, pipeline: Record) -> Stage:
    told = stage.get("metadata") or {}
    return Stage(
        stage["label"],
        pipeline["id"],
        pipeline["label"],
        is_closed=str(told.get("isClosed")).lower() == "true",
        is_won=float(told.get("probability") or 0) == 1,
    )


def _paged(what: str, ask: Callable[..., Any], limit: int) -> Iterator[Record]:
    after, count = None, 0
    while True:
        page = _asked(ask, limit=limit, **({"after": after} if after else {}))
        yield from page["results"]
        following = ((page.get("paging") or {}).get("next") or {}).get("after")
        before, count = count, count + len(page["results"])
        # How many there are in all HubSpot does not tell.
        if not following or count // _SAID_EVERY > before // _SAID_EVERY:
            log.info("HubSpot: %s %s read", f"{count:,}", what)
        if not following:
            return
        if following == after:
            raise CrmUnreachable(f"HubSpot gave the same page of {what} twice; run this again.")
        after = following


def _asked(ask: Callable[..., Any], *about: str, **given: object) -> Record:
    """A list of records, as sent: the client's models take nine tenths of the time of reading."""
    strange = (
        "HubSpot's answer is none of its API's; check crm.hubspot.base_url, then run this again."
    )
    try:
        body = json.loads(ask(*about, _preload_content=False, **given).data)
    except ValueError as error:
        raise CrmUnreachable(strange) from error
    if not isinstance(body, dict) or "results" not in body:
        raise CrmUnreachable(strange)
    return body


def _api(package: Any, name: str, config: Mapping[str, Any], *, host: str, wire: "_Wire") -> Any:  # noqa: ANN401
    """One of the client's interfaces, which speaks through our session."""
    configuration = package.Configuration(host=host)
    configuration.access_token = config["access_token"]
    client = package.ApiClient(configuration=configuration)
    client.rest_client = wire
    return getattr(package, name)(api_client=client)


@dataclass(frozen=True)
class _Answer:
    """An answer as the client hands it on."""

    status: int
    data: bytes


class _Wire:
    """Stands where the client keeps its connections.

    Its own never time out, know no patience, and call what urllib3 is about to drop.
    """

    def __init__(self, session: CrmSession) -> None:
        self._session = session

    def GET(  # noqa: N802 (the client's name)
        self,
        url: str,
        query_params: list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _Answer:
        """The answer, when it is one."""
        answer = self._session.get(url, params=query_params, headers=headers)
        if answer.status_code != requests.codes.ok:
            raise _refused(answer)
        return _Answer(answer.status_code, answer.content)


def _refused(answer: requests.Response) -> CrmError:
    said = f"{answer.status_code} {said_in(answer)}"
    if answer.status_code in (requests.codes.unauthorized, requests.codes.forbidden):
        return CrmError(
            f"HubSpot refused the token ({said}). Check WINLOSS_HUBSPOT_TOKEN; its private app "
            f"needs the scopes {_SCOPES}."
        )
    return CrmError(f"HubSpot refused the request ({said}). Check [crm.hubspot] in winloss.toml.")
