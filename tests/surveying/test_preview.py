"""The page shows every word a respondent may meet, and nothing in it runs."""

import html
import json
import re
from pathlib import Path

import pytest
from tests.e2e.test_command_line import winloss
from tests.typeform.mapping.customers_forms import CANCELLATION, form, question

from winloss import render, settings, surveying
from winloss.errors import FormError
from winloss.surveying import effort, kinds, our_pages
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys import forms

KINDS = ("cancellation", "lost_deal", "pulse", "seller", "staff", "won_deal")


def page(folder: Path, kind: str) -> str:
    surveying.preview(folder, kind, folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_form_is_there_in_its_order(tmp_path: Path, kind: str):
    source = forms.form(kind)
    words = [source.title]
    for screen in source.screens:
        asked = (
            [each for block in forms.blocks(kind) for each in block.questions]
            if screen == "block"
            else screen
        )
        for each in asked:
            words += [each.title, each.description, *each.choices.values()]
    words += [source.thanks, *source.hidden]

    seen = " ".join(render.visible(page(tmp_path, kind)).split())

    place = 0
    for word in filter(None, words):
        place = seen.index(word, place) + len(word)


@pytest.mark.parametrize("kind", KINDS)
def test_each_question_has_the_control_it_becomes(tmp_path: Path, kind: str):
    made = page(tmp_path, kind)
    asked = [each for screen in forms.form(kind).screens if screen != "block" for each in screen]
    asked += [each for block in forms.blocks(kind) for each in block.questions]

    for each in asked:
        (field,) = re.findall(rf'<fieldset id="{each.ref}".*?</fieldset>', made, re.DOTALL)
        boxes = "checkbox" if each.several else "radio"
        choices = len(each.choices) + each.other
        wanted = {"opinion_scale": 5, "yes_no": 2}.get(each.type, choices)
        assert field.count(f'type="{boxes}"') == wanted
        assert field.count("<textarea") == (each.type == "long_text")
        assert field.count('type="text"') == (each.type in ("short_text", "date"))
        assert ("must be answered" in field) == each.required
        assert all(end in html.unescape(field) for end in each.ends or ())
    assert made.count("<fieldset") == len(asked)


@pytest.mark.parametrize("kind", KINDS)
def test_each_block_stands_in_its_own_box_and_says_what_it_asks_about(tmp_path: Path, kind: str):
    made = page(tmp_path, kind)

    boxes = re.findall(r'<summary>([\w: ]+)</summary>\s*<p class="quiet">(.+?)</p>', made)
    lens_of = {block.name: lens for lens in forms.lenses() for block in lens.blocks}
    wanted = forms.blocks(kind)
    assert [re.sub(r"\W+", "_", name).lower() for name, _ in boxes] == [
        block.name for block in wanted
    ]
    assert [about for _, about in boxes] == [lens_of[block.name].about for block in wanted]
    said = f"Then one of {len(wanted)} short sets of questions, a different one for each person."
    assert (said in made) == bool(boxes)


def test_the_name_of_a_block_is_words(tmp_path: Path):
    made = page(tmp_path, "pulse")

    assert "<summary>Loyalty: whom</summary>" in made
    assert "<summary>Promises: after</summary>" in made


def test_what_a_respondent_goes_through_is_counted(tmp_path: Path):
    """A lost deal has 16 core questions on eight screens, and drivers adds eight on two."""
    assert "About eight minutes, up to 24 questions on up to ten screens." in page(
        tmp_path, "lost_deal"
    )
    assert "questions on four screens." in page(tmp_path, "seller")


def test_minutes_are_the_sum_of_what_each_type_takes():
    words = effort.seconds(["long_text"])

    assert effort.minutes([]) == 1
    assert effort.seconds(["long_text", "nps", "nps"]) == words + 2 * effort.seconds(["nps"])
    assert effort.minutes(["long_text"] * 30) == round(30 * words / 60)


def test_it_says_which_survey_it_is(tmp_path: Path):
    assert '<p class="survey">Survey after a lost deal</p>' in page(tmp_path, "lost_deal")
    assert len({kinds.survey(kind) for kind in KINDS}) == len(KINDS)
    assert not any(kind in kinds.survey(kind) for kind in KINDS if "_" in kind)


@pytest.mark.parametrize("kind", KINDS)
def test_each_screen_of_several_questions_carries_its_heading(tmp_path: Path, kind: str):
    source = forms.form(kind)
    screens = [screen for screen in source.screens if screen != "block"]
    screens += [screen for block in forms.blocks(kind) for screen in block.screens]

    made = page(tmp_path, kind)

    several = sum(len(screen) > 1 for screen in screens)
    assert made.count(f'<p class="heading">{source.heading}</p>') == several


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_link_tells_is_in_plain_words(tmp_path: Path, kind: str):
    seen = " ".join(render.visible(page(tmp_path, kind)).split())

    assert "What the link tells us about them: " in seen
    assert seen.endswith("And nobody's name.")
    for words, name in our_pages.of_kind(kind).hidden:
        assert words
        assert f"{words} {name}" in seen


def test_a_kind_is_named_wrongly_and_the_nearest_said(tmp_path: Path):
    said = "There is no kind lostdeal; there are .*, did you mean lost_deal"
    with pytest.raises(FormError, match=said):
        surveying.preview(tmp_path, "lostdeal", tmp_path / "page.html")


@pytest.mark.parametrize("command", ["preview", "map"])
def test_help_names_every_kind(tmp_path: Path, command: str):
    said = " ".join(winloss("forms", command, "--help", cwd=tmp_path).stdout.split())

    assert all(kind in said for kind in forms.kinds())
    assert (command == "map") != ("KIND.html here" in said)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(tmp_path: Path, kind: str):
    made = page(tmp_path, kind)

    assert not re.search(r"<script|<link|<img|<iframe|src=|href=|url\(|@import|\son\w+=", made)


def test_the_file_lies_here_under_the_kinds_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)

    surveying.preview(tmp_path, "pulse", None)

    assert capsys.readouterr().out == "pulse.html\n"
    assert [each.name for each in tmp_path.iterdir()] == ["pulse.html"]


@pytest.fixture
def remote(tmp_path: Path):
    folder = tmp_path / "typeform" / "forms"
    folder.mkdir(parents=True)
    hostile = form(
        "<script>alert(1)</script>",
        ["plan", "<b>"],
        question("How <b>happy</b> are *you*?\x1b[2J\u202e", "nps",
                 labels={"left": "No", "right": "<i>"}),
        {"id": "g", "ref": "g", "type": "group", "title": "About you", "properties": {
            "fields": [question("Team {{7*7}}?", "dropdown", ["<img src=x>"])]}},
        question("Sign here", "signature"),
        question("How much?", "opinion_scale", steps=30_000_000, start_at_one=True),
    )  # fmt: skip
    for name, made in (("Theirs1", CANCELLATION), ("Evil1", hostile)):
        (folder / f"{name}.json").write_text(json.dumps(made | {"id": name}), "utf-8")
    with Sandbox(tmp_path / "typeform") as sandbox:
        (tmp_path / settings.FILE).write_text(
            f'company = "Northwind"\n[typeform]\nbase_url = "{sandbox.base_url}"\n', "utf-8"
        )
        settings.provide(typeform_token="sandbox")
        yield tmp_path


def test_a_form_as_it_is_at_typeform(remote: Path):
    surveying.preview(remote, "", remote / "page.html", form_id="Theirs1")

    seen = " ".join(render.visible((remote / "page.html").read_text("utf-8")).split())
    assert "Sorry to see you go" in seen
    assert "11 questions on 11 screens." in seen
    for field in CANCELLATION["fields"]:
        assert field["title"].replace("*", "") in seen
    assert "Other: in their own words" in seen
    assert seen.endswith("What the link tells us about them: which account account_id plan")


def test_a_hostile_form_is_only_shown(remote: Path):
    surveying.preview(remote, "", remote / "page.html", form_id="Evil1")

    made = (remote / "page.html").read_text("utf-8")
    assert "<script>" not in made
    assert "<img" not in made
    assert "<i>" not in made
    assert "How &lt;b&gt;happy" in made
    assert '<p class="heading">About you</p>' in made
    assert "Shown by Typeform as signature" in made
    assert len(made) < 100_000
    assert not {"\x1b", "\u202e"} & set(made)


def test_a_kind_without_a_form_writes_nothing(tmp_path: Path):
    with pytest.raises(FormError, match="There is no kind holiday"):
        surveying.preview(tmp_path, "holiday", tmp_path / "page.html")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(FormError, match="could not be written"):
        surveying.preview(tmp_path, "pulse", tmp_path / "nowhere" / "page.html")
