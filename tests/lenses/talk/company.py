"""Customers, staff and sellers, and how they talk."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from tests.lenses.harness import IN_WINDOW, Marts, when

from winloss.lenses import talk

BEFORE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LAST_QUARTER = date(2026, 9, 30)
THIS_QUARTER = date(2026, 12, 31)
SCALES = ("talk_customers", "talk_value", "talk_team")


class Company(Marts):
    """Customers, staff, notes and sellers, in a real warehouse."""

    lens: ClassVar = talk

    def customer(
        self,
        key: str,
        *ratings: int | None,
        at: datetime = IN_WINDOW,
        voter: str = "",
        words: str = "",
        **facts: Any,
    ) -> None:
        """One customer who was shown the block, and rated the areas in their order."""
        response = {"response_key": f"form/{key}", "response_id": key, "form_id": "form"}
        rated = dict(zip(SCALES, ratings, strict=False))
        self.add("talk", response_key=f"form/{key}", shown_refs=[*SCALES, "talk_words"], **rated)
        self.add(
            "heard",
            **response,
            **when(at),
            **{"form_kind": "lost_deal", **facts},
            counted_on=at.date(),
            voter_key=voter or key,
        )
        if words:
            self._words(response, words, "lost_deal", at)

    def staff(
        self,
        team: str,
        count: int,
        *ratings: int | None,
        counted_on: date = LAST_QUARTER,
        words: str = "",
    ) -> None:
        """So many staff of a team, who all rate alike."""
        for number in range(count):
            key = f"{team}{number}-{counted_on}-{ratings}"
            response = {"response_key": f"staff/{key}", "response_id": key, "form_id": "staff"}
            rated = dict(zip(SCALES, ratings, strict=False))
            self.add(
                "staff_talk",
                response_key=response["response_key"],
                team=team,
                counted_on=counted_on,
                **rated,
            )
            self.add("responses", **response, **when(IN_WINDOW), form_kind="staff", call_me=False)
            if words:
                self._words(response, words, "staff", IN_WINDOW)

    def _words(self, response: dict[str, str], text: str, kind: str, at: datetime) -> None:
        self.add(
            "verbatims",
            **response,
            **when(at),
            verbatim_key=response["response_key"],
            form_kind=kind,
            question_ref="talk_words",
            text=text,
            may_quote="unnamed",
        )
        if kind != "staff":
            self.add("responses", **response, **when(at), form_kind=kind, call_me=False)

    def note(
        self, number: int, team: str, seller: str, *terms: str, at: datetime = IN_WINDOW
    ) -> None:
        """A note of a seller's, with the phrases found in it."""
        decision = f"{team}-{seller}-{number}-{at:%m}"
        told = {"decision_id": decision, "seller_id": seller, "recorded_at": at, "fetched_at": at}
        self.add("decisions", decision_id=decision, vote_key=decision, team=team)
        self.add("seller_reasons", **told, seller_text="As it was written.")
        for term in terms:
            self.add("note_flags", **told, team=team, term=term)

    def believe(
        self, decision: str, conviction: int, rung: str, at: datetime = BEFORE, **late: datetime
    ) -> None:
        """What a seller believed of a decision, and where its customer then stands."""
        self.add(
            "responses",
            response_key=f"seller/{decision}",
            response_id=decision,
            form_kind="seller",
            call_me=False,
            **{**when(at), **late},
        )
        self.add(
            "answers",
            response_key=f"seller/{decision}",
            form_kind="seller",
            decision_id=decision,
            question_ref="conviction",
            number_value=conviction,
            submitted_at=at,
        )
        key = f"form/on-{decision}"
        self.add("ladder", response_key=key, ladder_rung=rung, shown_refs=["ladder_rung"])
        self.add(
            "heard",
            response_key=key,
            response_id=f"on-{decision}",
            decision_id=decision,
            vote_key=decision,
            voter_key=decision,
            form_kind="lost_deal",
            counted_on=IN_WINDOW.date(),
            **when(IN_WINDOW),
        )
