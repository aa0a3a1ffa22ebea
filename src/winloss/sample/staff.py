"""What Harbourline's own people say of how they talk, by team and without a name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from winloss.sample.asking import at, workday
from winloss.sample.blocks import Blocks
from winloss.sample.company import seeded
from winloss.sample.replies import Reply

TEAMS = {"North": 12, "South": 10, "Ports": 4}
"""Team -> replies in the year; one team is too small to be shown."""
_MINUTES = 3


def staff_replies(now: datetime) -> Iterator[Reply]:
    """Anonymous replies to the staff's form, spread over the year."""
    blocks = Blocks()
    for team, count in TEAMS.items():
        for number in range(count):
            rng = seeded("staff", team, number)
            day = workday(now.date() - timedelta(days=rng.randint(10, 350)))
            submitted_at = at(day, rng.randint(9, 16), rng.randrange(60))
            yield Reply(
                form_kind="staff",
                account_id="",
                decision_id="",
                block="",
                respondent="",
                values=blocks.answers(rng, "staff", "", {}),
                landed_at=submitted_at - timedelta(minutes=_MINUTES),
                submitted_at=submitted_at,
                token=f"staff-{team}-{number}",
                team=team,
            )
