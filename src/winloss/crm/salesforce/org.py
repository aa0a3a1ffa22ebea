"""One Salesforce org, asked through simple-salesforce with our own patience."""

import base64
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import requests

from winloss.crm.calling import CrmSession, names_in
from winloss.errors import CrmError, CrmUnreachable
from winloss.settings import SalesforceSettings, Settings

if TYPE_CHECKING:
    from simple_salesforce.exceptions import SalesforceError

log = logging.getLogger("winloss")

_KEYS = (
    "WINLOSS_SALESFORCE_TOKEN, or WINLOSS_SALESFORCE_CLIENT_ID and WINLOSS_SALESFORCE_CLIENT_SECRET"
)
_STRANGE = (
    "Salesforce's answer is none of its API's; check crm.salesforce.instance_url, then run this "
    "again."
)


class Org:
    """What can be asked; every question raises CrmError, or CrmUnreachable where it may pass."""

    def __init__(self, programme: Settings, settings: SalesforceSettings) -> None:
        """Raises CrmError where the client is not installed, or no key opens the org."""
        try:
            from simple_salesforce.api import Salesforce
        except ImportError as error:
            raise CrmError(
                "[crm.salesforce] needs its client; install it with: pip install 'winloss[crm]'."
            ) from error
        self._settings = settings
        self._client_id = programme.salesforce_client_id.get_secret_value().strip()
        self._client_secret = programme.salesforce_client_secret.get_secret_value().strip()
        token = programme.salesforce_token.get_secret_value().strip()
        # Checked here because http.client would print a header it refuses.
        if token and not re.fullmatch(r"[!-~]+", token):
            raise CrmError("WINLOSS_SALESFORCE_TOKEN holds characters no token has.")
        if not token and not (self._client_id and self._client_secret):
            raise CrmError(f"Salesforce needs a key that is not set: {_KEYS}.")
        self._session = CrmSession("Salesforce", settings.instance_url, settings)
        self._client = Salesforce(
            session_id=token,
            instance_url=settings.instance_url,
            version=settings.api_version,
            session=self._session,
            parse_float=Decimal,
        )
        # The client knows https alone, and a loopback speaks without.
        self._client.base_url = f"{settings.instance_url}/services/data/v{settings.api_version}/"
        self._is_open = bool(token)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def fields(self, kind: str) -> dict[str, str]:
        """The fields of an object that this key may see -> their types.

        A relationship stands among them with a dot at its end, as in `RecordType.`.
        """
        described = self._asked(
            partial(self._client.restful, f"sobjects/{kind}/describe"), "fields"
        )
        fields = described["fields"]
        related = {each.get("relationshipName"): "reference" for each in fields}
        own = {each["name"]: each["type"] for each in fields}
        return own | {f"{name}.": type_ for name, type_ in related.items() if name}

    def rows(self, kind: str, fields: Sequence[str], where: str = "") -> Iterator[dict[str, Any]]:
        """Every record of an object, in a stable order."""
        condition = f" WHERE {where}" if where else ""
        # The object and the fields are known to the org; the condition is the operator's own.
        query = f"SELECT {', '.join(fields)} FROM {kind}{condition} ORDER BY Id"  # noqa: S608
        page = self._asked(partial(self._client.query, query), "records")
        count = 0
        while True:
            yield from page["records"]
            count += len(page["records"])
            total = max(page.get("totalSize", 0), count)
            log.info(
                *("Salesforce: %s of %s read (%s)", f"{count:,}", f"{total:,}", kind),
                extra={"share": count / total if total else 1.0},
            )
            if page["done"]:
                return
            following = page["nextRecordsUrl"].rpartition("/")[2]
            page = self._asked(partial(self._client.query_more, following), "records")

    def _asked(self, ask: Callable[[], Any], holding: str) -> Any:  # noqa: ANN401 (the client's)
        """The answer, which holds what it must hold.

        A session that ran out is opened once more, where we hold its key.
        """
        from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession

        try:
            if not self._is_open:
                self._log_in()
            try:
                answer = ask()
            except SalesforceExpiredSession:
                if not self._client_id:
                    raise
                self._log_in()
                answer = ask()
        except SalesforceError as error:
            raise _refused(error) from error
        except requests.JSONDecodeError as error:
            raise CrmUnreachable(_STRANGE) from error
        if not isinstance(answer, Mapping) or holding not in answer:
            raise CrmUnreachable(_STRANGE)
        return answer

    def _log_in(self) -> None:
        """Take a session's token, by the OAuth 2.0 client credentials flow on My Domain."""
        from simple_salesforce.exceptions import SalesforceAuthenticationFailed
        from simple_salesforce.login import token_login

        pair = f"{self._client_id}:{self._client_secret}".encode()
        try:
            token, _ = token_login(
                f"{self._settings.instance_url}/services/oauth2/token",
                {"grant_type": "client_credentials"},
                "",
                self._client_id,
                {"Authorization": f"Basic {base64.b64encode(pair).decode()}"},
                None,
                self._session,
            )
        except SalesforceAuthenticationFailed as error:
            raise CrmError(
                f"Salesforce refused the client id and secret ({names_in({'error': error.code})}). "
                "Check WINLOSS_SALESFORCE_CLIENT_ID, WINLOSS_SALESFORCE_CLIENT_SECRET and that "
                "the connected app allows the client credentials flow."
            ) from error
        self._client.headers["Authorization"] = f"Bearer {token}"
        self._is_open = True


def _refused(error: "SalesforceError") -> CrmError:
    """What the operator should do, by the vendor's own name for it.

    The names: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
    """
    named = names_in(error.content)
    said = f"{error.status} {named}"
    if "REQUEST_LIMIT_EXCEEDED" in named:
        return CrmError(
            f"Salesforce's limit of requests is used up ({said}). Run this again when it is not."
        )
    if error.status in (requests.codes.unauthorized, requests.codes.forbidden):
        return CrmError(
            f"Salesforce refused the key ({said}). Check {_KEYS}; it needs to read opportunities, "
            "accounts and users through the API."
        )
    if "INVALID_QUERY_LOCATOR" in named:
        return CrmUnreachable(f"Salesforce let go of an answer half read ({said}). Run this again.")
    return CrmError(
        f"Salesforce refused the request ({said}). Check the fields and crm.salesforce.where."
    )


def value(record: Mapping[str, Any], path: str) -> str | None:
    """The text of a field, or of one of a related record (`UserRole.Name`)."""
    found: Any = record
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if found is None or isinstance(found, Mapping):
        return None
    if isinstance(found, bool):
        return "yes" if found else "no"
    return f"{found:f}" if isinstance(found, Decimal) else str(found)
