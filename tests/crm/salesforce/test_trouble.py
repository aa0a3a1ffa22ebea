"""Keys, limits and fields: one sentence, and nothing of theirs in it."""

import sys

import pytest
from tests.crm.loopback import Answered
from tests.crm.salesforce.server import CLIENT, TOKEN, error

from winloss.errors import CrmError, CrmUnreachable


@pytest.mark.usefixtures("salesforce")
def test_a_token_it_does_not_know(read):
    with pytest.raises(CrmError, match=r"401 INVALID_SESSION_ID.*WINLOSS_SALESFORCE_TOKEN") as told:
        read(token="00D!secret")

    assert not isinstance(told.value, CrmUnreachable)
    assert "secret" not in str(told.value)


def test_a_client_id_and_secret_open_a_session(salesforce, read):
    assert read(token="", client=CLIENT).frames["accounts"].height == 1

    assert next(asked.path for asked in salesforce.seen) == "/services/oauth2/token"
    assert TOKEN not in {asked.headers.get("Authorization", "") for asked in salesforce.seen}


def test_a_session_that_ran_out_is_opened_again(salesforce, read):
    salesforce.faults.append(error(401, "INVALID_SESSION_ID"))

    assert read(client=CLIENT).frames["accounts"].height == 1

    assert sum(asked.path == "/services/oauth2/token" for asked in salesforce.seen) == 1


@pytest.mark.usefixtures("salesforce")
def test_a_wrong_secret(read):
    with pytest.raises(CrmError, match=r"client id and secret \(invalid_client\)") as told:
        read(token="", client=(CLIENT[0], "guessed"))

    assert "guessed" not in str(told.value)


@pytest.mark.parametrize("client", [("", ""), ("id alone", "")])
def test_no_key(salesforce, read, client):
    with pytest.raises(CrmError, match="needs a key that is not set"):
        read(token="", client=client)

    assert salesforce.seen == []


@pytest.mark.usefixtures("salesforce")
def test_a_token_that_cannot_be_one(read):
    with pytest.raises(CrmError, match="characters no token has"):
        read(token="two words")


@pytest.mark.parametrize(
    ("answered", "kind", "said"),
    [
        (error(403, "REQUEST_LIMIT_EXCEEDED"), CrmError, "limit of requests is used up"),
        (error(403, "API_DISABLED_FOR_ORG"), CrmError, "refused the key"),
        (error(400, "MALFORMED_QUERY"), CrmError, r"crm\.salesforce\.where"),
        (error(400, "INVALID_QUERY_LOCATOR"), CrmUnreachable, "let go of an answer"),
        (Answered(302, "", {"Location": "http://127.0.0.1:9/"}), CrmError, "302"),
        (Answered(200, "<html>maintenance</html>"), CrmUnreachable, "none of its API's"),
        (Answered(200, {"unheard": "of"}), CrmUnreachable, "none of its API's"),
    ],
)
def test_what_is_refused_is_said_plainly(salesforce, read, answered, kind, said):
    salesforce.faults.append(answered)

    with pytest.raises(CrmError, match=said) as told:
        read()

    assert type(told.value) is kind
    assert "secret words" not in str(told.value)


def test_a_server_that_recovers(salesforce, read):
    salesforce.faults.extend([error(503, "SERVER_UNAVAILABLE"), error(500, "UNKNOWN_EXCEPTION")])

    assert read().frames["accounts"].height == 1


@pytest.mark.parametrize(
    ("entity", "column", "field"),
    [
        ("decisions", "competitor", "Rival__c"),
        ("decisions", "team", "Nobody__r.Name"),
        ("accounts", "segment", "Size__c"),
        ("seller_reasons", "seller_value", "Why__c"),
    ],
)
def test_a_field_that_is_not_there(salesforce, read, entity, column, field):
    with pytest.raises(CrmError, match=rf"no field '{field}'.*{entity}\.columns\.{column}"):
        read(**{entity: {"columns": {column: field}}})

    assert not any("/query" in asked.path for asked in salesforce.seen)


@pytest.mark.usefixtures("salesforce")
def test_the_client_is_not_installed(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "simple_salesforce.api", None)

    with pytest.raises(CrmError, match=r"pip install 'winloss\[crm\]'"):
        read()
