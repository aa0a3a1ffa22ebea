"""What checks found that only warn is read beside the figures, in the mail and on the full page."""

from winloss import render, resources
from winloss.warehouse import checking

SAID = "Decisions without the day they fell, which are in no week: 1."


def test_warnings_are_caveats(harbourline, edition, connected, make) -> None:
    """A decision without its day is said in every text, once the checks have found it."""
    harbourline.add("marts.decisions", decision_id="undated", decision_kind="lost")
    reader = harbourline.reader()

    def told() -> list[bool]:
        weekly = make(reader, edition, connected)
        full = resources.load("reports", "full").make(reader, edition, connected, weekly)
        mail = render.weekly(weekly)
        texts = (mail.text, render.visible(mail.html), render.visible(render.full(full)))
        return [SAID in " ".join(text.split()) for text in texts]

    before = told()
    checking.warn(harbourline.connection)

    assert before == [False, False, False]
    assert told() == [True, True, True]
