"""Keys, limits and lines that fail: one sentence, and nothing of theirs in it."""

import logging
import socket
import sys
from datetime import UTC, datetime

import pytest
import requests
from tests.crm.hubspot.server import HubSpot
from tests.crm.loopback import Answered

from winloss.crm.calling import CrmSession
from winloss.errors import CrmError, CrmUnreachable
from winloss.settings import HubSpotSettings

MADE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LIMIT = {
    "status": "error", "message": "You have reached your secondly limit.",
    "errorType": "RATE_LIMIT", "policyName": "SECONDLY",
}  # fmt: skip


@pytest.mark.usefixtures("hubspot")
def test_a_token_it_does_not_know(read):
    with pytest.raises(
        CrmError, match=r"401 INVALID_AUTHENTICATION.*WINLOSS_HUBSPOT_TOKEN"
    ) as told:
        read(token="pat-secret")

    assert not isinstance(told.value, CrmUnreachable)
    assert "secret" not in str(told.value)


def test_a_scope_that_is_missing(hubspot, read):
    hubspot.missing_scopes.add("companies")

    with pytest.raises(CrmError, match=r"403 MISSING_SCOPES.*crm\.objects\.companies\.read"):
        read()


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak"])
def test_a_token_that_cannot_be_one(hubspot, read, token):
    with pytest.raises(CrmError, match="WINLOSS_HUBSPOT_TOKEN is not set or holds"):
        read(token=token)

    assert hubspot.seen == []


def test_a_limit_is_waited_for_as_asked(hubspot, read, caplog):
    hubspot.deal("1", MADE, dealstage="contractsent")
    hubspot.faults.append(Answered(429, LIMIT, {"Retry-After": "1"}))

    with caplog.at_level(logging.INFO, "winloss"):
        started = datetime.now(UTC)
        frames = read().frames
        took = (datetime.now(UTC) - started).total_seconds()

    assert frames["decisions"].height == 1
    assert took >= 1
    assert "HubSpot: waiting 1 s before the next try" in caplog.messages
    assert "HubSpot: 1 deals read" in caplog.messages


def test_a_wait_too_long_is_not_waited_for(hubspot, read):
    hubspot.faults.append(Answered(429, LIMIT, {"Retry-After": "86400"}))

    with pytest.raises(CrmUnreachable, match="asks us to wait longer than 300 seconds"):
        read()

    assert len(hubspot.seen) == 1


def test_a_server_that_never_recovers(hubspot, read):
    hubspot.faults.extend([Answered(502, "<html>bad gateway</html>")] * 3)

    with pytest.raises(CrmUnreachable, match=r"no useful answer at http://127.*502"):
        read(retries=2)

    assert len(hubspot.seen) == 3


def test_a_server_that_recovers(hubspot, read):
    hubspot.faults.extend([Answered(503, ""), Answered(477, "migrating"), Answered(500, "")])

    assert read().frames["accounts"].height == 1


def test_an_answer_that_breaks_off(hubspot, read):
    hubspot.faults.append(Answered(200, {"results": []}, is_cut=True))

    with pytest.raises(CrmUnreachable, match="no useful answer"):
        read()


@pytest.mark.parametrize("body", ["<html>log in to the guest network</html>", [], {"a": 1}])
def test_an_answer_that_is_none_of_its_own(hubspot, read, body):
    hubspot.faults.append(Answered(200, body))

    with pytest.raises(CrmUnreachable, match="none of its API's"):
        read()


def test_a_redirect_does_not_get_the_key(hubspot, read):
    with HubSpot() as other:
        hubspot.faults.append(Answered(302, "", {"Location": f"{other.address}/crm/v3/owners/"}))

        with pytest.raises(CrmError, match="302"):
            read()

        assert other.seen == []


def test_a_netrc_does_not_replace_the_key(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.hubapi.com login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    request = requests.Request(
        "GET", "https://api.hubapi.com/crm/v3/owners/", headers={"Authorization": "Bearer ours"}
    )

    with CrmSession("HubSpot", "https://api.hubapi.com", HubSpotSettings()) as session:
        sent = session.prepare_request(request)

    assert sent.headers["Authorization"] == "Bearer ours"


def test_nobody_there(read):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with pytest.raises(CrmUnreachable, match="no connection"):
        read(base_url=f"http://127.0.0.1:{port}", retries=1)


def test_a_property_that_is_not_there(read):
    with pytest.raises(CrmError, match=r"no property 'rival' for competitor.*columns\.competitor"):
        read(decisions={"columns": {"competitor": "rival"}})


def test_the_client_is_not_installed(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "hubspot", None)

    with pytest.raises(CrmError, match=r"pip install 'winloss\[crm\]'"):
        read()
