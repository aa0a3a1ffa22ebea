"""A question that is not asked for want of a word would have been answered with no."""

from hypothesis import given, settings
from hypothesis import strategies as st

from winloss.coding.rules import denial
from winloss.coding.rules.roles import EVERY
from winloss.coding.rules.scope import REACH, Scopes
from winloss.coding.rules.sides import Sides

SIDES = Sides()
SAID = """
not true that|as if|it's wrong to say|not that|we never said|i don't think|didn't|nobody could
claim|no one complained about|nothing bad about|wasn't because|isnt|had nothing to do with|never
left over|not put off by|not about|neither|other than|no complaints about|wasn't the
reason|never came into it|no problem|you were|than yours|the competition|others' offer|theirs
was|they|cheaper|lack of|zero |great|slow|insufficient|could not be|no longer|despite the|far
from|hardly|can't fault|the|was|,|a"""
PIECES = [" ".join(each.split()) for each in SAID.split("|")]
WORDS = sorted(denial.WORDS | denial.BITS.keys())
PARTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS), max_size=5).map(" ".join)
ASKED = "is_denied is_negated is_plainly_denied tone side is_their_fault is_our_merit is_unmatched"


@settings(deadline=None, max_examples=800)
@given(PARTS, st.sampled_from(["price", "never mentioned price", "price for support"]), PARTS)
def test_every_answer_is_that_without_a_look_at_the_words(before, term, after):
    text = f"{before} {term} {after}"[:REACH]
    start = min(len(before) + 1, len(text))
    end = min(start + len(term), len(text))
    clause = Scopes(text, SIDES).clause(start, end, term)
    asked = Scopes(text, SIDES).clause(start, end, term)
    asked._roles = EVERY
    asked._words = denial.Denials(before=True, inside=True, after=True, bits=EVERY)

    for question in ASKED.split():
        assert getattr(clause, question) == getattr(asked, question), question
