"""Teams and sellers get editions of their own, and nobody reads another's."""

import re
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from tests.e2e.conftest import opened

from winloss import sample, warehouse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cards(finished: Path) -> dict[str, str]:
    """Seller id -> the text of the card that went to that seller's address."""
    found = {}
    for path in (finished / "outbox").glob("seller_card-*/*.eml"):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        body = message.get_body(("plain",))
        assert body is not None
        found[str(message["To"]).partition("@")[0]] = body.get_content().replace("\r\n", "\n")
    return found


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    """What the private file holds."""
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        return [tuple(map(str, row)) for row in connection.execute(query).fetchall()]


def test_each_team_gets_one_mail(finished: Path) -> None:
    """Every team with readers has an edition, in the outbox of its own readers."""
    sent = sorted(path.name.split(".")[1] for path in (finished / "outbox").glob("team-*/*.eml"))

    assert sent == ["north@harbourline", "ports@harbourline", "south@harbourline"]


def test_a_card_tells_of_its_sellers_accounts_alone(finished: Path, cards) -> None:
    """No card names an account that only other sellers have exits of."""
    owners = rows(
        finished,
        "select distinct seller_id, account_name from marts.decisions"
        " inner join marts.accounts using (account_id) where is_defection",
    )

    for seller, text in cards.items():
        mine = {name for owner, name in owners if owner == seller}
        others = {name for owner, name in owners if owner != seller} - mine
        told = set(re.findall(r"^(.+?) (?:chose a competitor|cancelled) on ", text, re.MULTILINE))
        assert told <= mine
        assert not [name for name in others if name in text]

    assert len(cards) == len({owner for owner, _ in owners})


def test_a_card_keeps_what_was_told_in_confidence(finished: Path, cards) -> None:
    """Where a customer refused, the card says they were heard and not a word more."""
    refused = rows(
        finished,
        "select decisions.seller_id, accounts.account_name from marts.decisions"
        " inner join marts.accounts using (account_id)"
        " inner join marts.responses using (vote_key)"
        " where is_defection group by all having not bool_and(responses.may_see)",
    )
    told = 0
    for seller, name in refused:
        for part in cards[seller].split("\n\n"):
            if part.startswith(f"{name} ") and "nobody heard" not in part:
                told += "they said: heard, in confidence" in part
                assert "“" not in part
    assert told > 0


def test_cards_and_team_mails_go_out_once(home: Path) -> None:
    """A second run of the same week sends nothing to anybody."""
    before = sorted(path.stat().st_mtime_ns for path in home.glob("outbox/*/*.eml"))

    with opened(home) as programme:
        again = programme.run()

    after = sorted(path.stat().st_mtime_ns for path in home.glob("outbox/*/*.eml"))
    assert again.sent == ()
    assert len(before) > len(sample.FORM_IDS)
    assert after == before
