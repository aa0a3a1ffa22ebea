"""Which language a text is in: recognised, and never taken for English by guess."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss.coding.language import SHORTEST, detect

OTHERS = {
    "de": "Das war uns leider viel zu teuer, und der Support hat nie geantwortet.",
    "nl": "We hebben de app niet nodig, want de service was te duur en we hadden geen hulp.",
    "fr": "Le service n'a pas répondu, on a donc quitté pour un autre fournisseur.",
    "es": "El servicio no es bueno, me cobraron de más y no me dieron solución.",
    "it": "Il servizio non va bene, come al solito nessuno risponde al telefono in tempo.",
    "da": "Vi har ikke brug for det, og det er for dyrt for os at have to systemer.",
    "pl": "Nie odpowiadali na maile, a my w firmie nie mamy czasu.",
    "sv": "Vi hade en del problem med tjänsten, men det var okej till slut för oss.",
    "pt": "O suporte não responde e as mensagens do time não chegam nunca.",
    "ru": "Поддержка не отвечала, и цена была слишком высокой для нас.",
    "ja": "サポートの返事が遅くて、価格も高すぎると感じました。とても残念です。",
    "zh": "支持团队从来不回答我们的问题，而且价格对我们来说太高了，所以我们离开了。",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language):
    assert detect(OTHERS[language]) == language
    assert detect(OTHERS[language], language) == language


@pytest.mark.parametrize(
    "text",
    [
        "The price was far too high for what we got out of it.",
        "dont waste your time with this one, nobody ever answers the phone",
        "Great app. Easy to see what your offers are, love it 😍😍",
        "SUPPORT NEVER CALLED BACK AND WE WERE LEFT ALONE",
        "Couldn’t log in; couldn’t reach anyone.",
    ],
)
@pytest.mark.parametrize("survey_language", ["en", "de"])
def test_english(text, survey_language):
    """Also in a survey in another language: people answer as they like."""
    assert detect(text, survey_language) == "en"


@pytest.mark.parametrize(
    "text", ["support", "price too high", "", "12345 67890 12345 67890 12345", "   "]
)
def test_what_says_too_little_has_the_language_of_its_survey(text):
    assert detect(text) == "en"
    assert detect(text, "de") == "de"


def test_mixed():
    """The language of most of its words."""
    german = f"{OTHERS['de']} {OTHERS['de']} The support was bad."
    english = "The support was bad and nobody answered our calls for weeks. Schade, wirklich."

    assert detect(german) == "de"
    assert detect(english) == "en"


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from("\ud800\x00\u202e\n"), max_size=80))
def test_any_text(text):
    found = detect(text, "xx")

    assert found.islower()
    assert len(text.strip()) >= SHORTEST or found == "xx"
