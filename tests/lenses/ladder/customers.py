"""Customers on the ladder."""

from datetime import datetime
from typing import Any, ClassVar

from tests.lenses.harness import IN_WINDOW, LONG_AGO, Marts, when

from winloss.lenses import ladder

BLOCK = ["defend_premium", "defended_what", "ladder_rung", "put_us_first", "put_you_first"]


class Customers(Marts):
    """Customers on the ladder, in a real warehouse."""

    lens: ClassVar = ladder

    def answer(
        self,
        key: str,
        rung: str | None = None,
        *,
        at: datetime = IN_WINDOW,
        voter: str = "",
        kind: str = "lost",
        words: dict[str, str] | None = None,
        **facts: Any,
    ) -> None:
        """One response about a decision of a kind, or a pulse; `facts` are columns of the marts."""
        is_pulse = kind == "pulse"
        heard = {name: facts.pop(name) for name in ("team",) if name in facts}
        shown = BLOCK if facts else ["ladder_rung"]
        response = {
            "response_key": f"form/{key}",
            "response_id": key,
            "form_id": "form",
            **when(at),
        }
        self.add(
            "ladder",
            response_key=response["response_key"],
            ladder_rung=rung,
            **{"shown_refs": shown, **facts},
        )
        self.add(
            "heard",
            **response,
            form_kind="pulse" if is_pulse else "lost_deal",
            decision_kind=None if is_pulse else kind,
            is_defection=kind in {"lost", "cancelled"},
            voter_key=voter or key,
            vote_key=None if is_pulse else voter or key,
            counted_on=at.date(),
            **heard,
        )
        for ref, text in (words or {}).items():
            self.add(
                "verbatims",
                **response,
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote="unnamed",
            )

    def named_price(self, voter: str, *, is_logged: bool = False) -> None:
        """The customer of a decision named price; we had logged it too, or not."""
        decision = {"vote_key": voter, "decision_id": voter, **when(LONG_AGO)}
        key = {"response_key": f"form/{voter}", "response_id": voter}
        self.add("drivers", **key, **decision, parent="price", is_theirs=True)
        if is_logged:
            logged = {"parent": "price", "recorded_at": LONG_AGO, "fetched_at": LONG_AGO}
            self.add("seller_reasons", vote_key=voter, **logged)
