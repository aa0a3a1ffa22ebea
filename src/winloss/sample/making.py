"""Puts the sample together: the year that is drawn, and the week that is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from winloss.sample.answers import Respondent, weights
from winloss.sample.asking import Calendar, Invitation, Post, invitations, pulse_invitations
from winloss.sample.company import CheckIn, Company, check_ins, company
from winloss.sample.decisions import Decision, Ledger, history, still_open
from winloss.sample.leaving import before_leaving, last_check_ins
from winloss.sample.opinions import Opinion, Opinions
from winloss.sample.replies import Heard, Reply, answers, pulses
from winloss.sample.sellers import seller_replies
from winloss.sample.staff import staff_replies
from winloss.sample.story import Teller, customers
from winloss.sample.words import Bag, data, verbatims


@dataclass(frozen=True)
class Made:
    """Everything the sample holds, before it is written down."""

    company: Company
    decisions: list[Decision]
    opinions: dict[str, Opinion]
    check_ins: list[CheckIn]
    invitations: list[Invitation]
    replies: list[Reply]


@dataclass(frozen=True)
class _Asked:
    """The drawn part of the asking."""

    heard: Heard
    invitations: list[Invitation]
    pulses: list[Reply]


def made(preset_name: str, form_ids: Mapping[str, str], calendar: Calendar) -> Made:
    """Everything of one preset; the story takes its verbatims before the year draws from them."""
    preset, story = data(f"{preset_name}.toml"), data(f"story_{preset_name}.yaml")
    firm = company(preset["accounts"], preset["standing"], customers(story), calendar.now.date())
    ledger = Ledger(firm, preset["outcomes"])
    post = Post()
    bag = Bag(verbatims(), weights())
    respondent = Respondent(bag, form_ids)
    drawn = list(history(ledger, preset, calendar.reported_from))
    told = Teller(firm, ledger, post, bag, respondent).told(
        story, preset["asking"]["closes_days"], calendar
    )
    waiting = still_open(ledger, preset["open_opportunities"], calendar.now.date())
    asked = _asked(drawn, firm, post, respondent, preset, calendar)
    logged = _logged(asked.heard, preset, calendar)
    return Made(
        company=firm,
        decisions=[*asked.heard.decisions.values(), *told.decisions, *waiting],
        opinions=logged | told.opinions,
        check_ins=[
            *check_ins(firm, preset["check_ins"], calendar.now),
            *last_check_ins(firm, drawn, calendar),
        ],
        invitations=[*asked.invitations, *told.invitations],
        replies=[
            *asked.heard.replies,
            *asked.pulses,
            *told.replies,
            *seller_replies(asked.heard, logged, calendar.now),
            *(staff_replies(calendar.now) if "answering" in preset else ()),
        ],
    )


def _asked(
    drawn: list[Decision],
    firm: Company,
    post: Post,
    respondent: Respondent,
    preset: Mapping[str, Any],
    calendar: Calendar,
) -> _Asked:
    """Who was asked about the drawn decisions and how it goes, and who answered."""
    heard = Heard({one.decision_id: one for one in drawn})
    if "answering" not in preset:
        return _Asked(heard, [], [])
    sent = list(invitations(drawn, firm, post, preset["asking"], calendar))
    answers(heard, sent, firm, respondent, preset, calendar)
    how_it_goes = list(pulse_invitations(firm, post, calendar))
    said = list(pulses(how_it_goes, respondent, preset, calendar))
    early = before_leaving(drawn, firm, post, respondent, preset["delays"], calendar)
    asked = sent + how_it_goes + early.invitations
    return _Asked(heard, asked, said + early.replies)


def _logged(heard: Heard, preset: Mapping[str, Any], calendar: Calendar) -> dict[str, Opinion]:
    return Opinions(preset, calendar).all(heard) if "match" in preset else {}
