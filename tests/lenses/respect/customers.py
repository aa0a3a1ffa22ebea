"""Customers who answered the blocks of respect."""

from datetime import datetime
from typing import Any, ClassVar

from tests.lenses.harness import IN_WINDOW, LONG_AGO, Marts

from winloss.lenses import respect

HARMS = ("condescended", "misled")
SHOWN = ("felt_respected", "respects_us", "is_condescended", "is_misled", "nuisance_over")


class Customers(Marts):
    """Customers who answered the blocks of respect, in a real warehouse."""

    lens: ClassVar = respect

    def answer(
        self,
        key: str,
        *,
        at: datetime = IN_WINDOW,
        shown: tuple[str, ...] = (),
        words: dict[str, str] | None = None,
        may_quote: str = "unnamed",
        voter: str = "",
        kind: str = "lost_deal",
        **facts: Any,
    ) -> None:
        """One response: `shown` beside what its facts and words answer, and its words."""
        written = words or {}
        refs = {"is_condescended": "condescended", "is_misled": "misled"}
        answered = sorted({*written, *(refs.get(name, name) for name in facts if name in SHOWN)})
        response = {"response_key": f"form/{key}", "form_id": "form", "response_id": key}
        when = {"submitted_at": at, "fetched_at": at}
        self.add(
            "respect",
            **response_key(key),
            **facts,
            shown_refs=sorted({*answered, *shown}),
            answered_refs=answered,
        )
        self.add(
            "heard",
            **response,
            **when,
            form_kind=kind,
            counted_on=at.date(),
            voter_key=voter or key,
            is_defection=True,
            may_see=True,
        )
        for ref, text in written.items():
            self.add(
                "verbatims",
                **response,
                **when,
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote=may_quote,
                form_kind="lost_deal",
                respondent=f"person-{key}",
            )

    def act(self, key: str, reason: str, *, kind: str, is_done: bool = False) -> None:
        """An action of ours that answers a reason, stated long before the week."""
        done_at = IN_WINDOW if is_done else None
        self.add(
            "actions",
            action_id=key,
            action_kind=kind,
            reason=reason,
            added_at=LONG_AGO,
            done_at=done_at,
        )


def response_key(key: str) -> dict[str, str]:
    return {"response_key": f"form/{key}"}
