"""The review page in a real browser: filled in by mouse and by keys, saved, and read back."""

import shutil
import time
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.e2e import test_browser
from tests.reviewing.invented import BOOK, SHEET, code, known, sheet, text

from winloss import reviewing, sample, warehouse
from winloss.reviewing import Wanted, harmless, spreadsheets, taking
from winloss.reviewing.page import page

browser = test_browser.browser
show = test_browser.show

PHONE, DESK = (380, 700), (820, 1200)
BLIND = "Nobody told us, said Margaret. Nobody told us anything."
HOSTILE = (
    '<img src=x onerror="window.hacked=1"></script> =1+1, and support took days; “so” it’s | over'
)
SURE = "Ana Ruiz said the price would hold. It was a third dearer in the end."
PROGRAMME = known(
    [text(BLIND, draw="0"), text(HOSTILE, needs_review=True), text(SURE)],
    [
        code(HOSTILE, "support", "support took days", is_suggested=True),
        code(SURE, "price_level", "a third dearer"),
        code(SURE, "broken_promise", "said the price would hold", is_primary=False),
    ],
)

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path, browser: webdriver.Chrome) -> Path:
    """The page, opened afresh as from an attachment; what it saves lies beside it."""
    path = tmp_path / f"review-{SHEET}.html"
    path.write_text(page(sheet(PROGRAMME), BOOK), encoding="utf-8")
    allowed = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    show(browser, path, DESK)
    browser.execute_script("localStorage.clear()")
    show(browser, path, DESK)
    return path


def press(browser: webdriver.Chrome, selector: str) -> None:
    """Click what is seen, scrolled from under the bar."""
    found = browser.find_element(By.CSS_SELECTOR, selector)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()


def mark(browser: webdriver.Chrome, words: str, nth: int = 0) -> None:
    """Select words of the text in view, as a mouse does."""
    browser.execute_script(
        """
        const text = document.querySelector("article.current blockquote");
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        let nth = arguments[1];
        while (walker.nextNode()) {
          const node = walker.currentNode;
          for (let at = node.data.indexOf(arguments[0]); at >= 0;
               at = node.data.indexOf(arguments[0], at + 1)) {
            if (nth-- > 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
            return;
          }
        }
        throw new Error("these words are not there");
        """,
        words,
        nth,
    )
    time.sleep(0.1)  # the browser tells of a selection when it has time


def saved(browser: webdriver.Chrome, path: Path, name: str = f"review-{SHEET}") -> Path:
    """Press Save, and the file that comes."""
    press(browser, "#save")
    target = path.with_name(f"{name}-filled.csv")
    until = time.monotonic() + 10
    while not target.is_file() and time.monotonic() < until:
        time.sleep(0.05)
    return target


def said(path: Path) -> dict[str, list[tuple[str, bool, str | None, str | None]]]:
    """What the saved file says of each text, once it is taken back."""
    rows, refused = taking.judged(PROGRAMME, BOOK, {path: spreadsheets.read(path)})
    assert refused == []
    words = {(row["text_hash"], row["stance"]): row["text"] for row in PROGRAMME.texts.to_dicts()}
    return {
        words[row.coding.key]: [
            (
                one.reason,
                one.is_primary,
                one.polarity,
                one.span and words[row.coding.key][slice(*one.span)],
            )
            for one in row.coding.codes
        ]
        for row in rows
        if row.coding
    }


def test_by_mouse(browser: webdriver.Chrome, path: Path) -> None:
    """Reasons, the main one, what it says, the words that show it, a name, and none."""
    press(browser, "[data-reason=onboarding] button")
    press(browser, "[data-reason=support] button")
    mark(browser, "Nobody told us", nth=1)
    press(browser, "#chosen li:nth-child(2) .mark")
    press(browser, "#chosen li:nth-child(2) .star")
    press(browser, "#chosen li:nth-child(2) option[value=neutral]")
    press(browser, "article.current .people .name")
    press(browser, "#next")
    press(browser, "#agree")
    press(browser, "#next")
    press(browser, "#none")

    file = saved(browser, path)

    found = said(file)
    assert found[BLIND] == [
        ("support", True, None, "Margaret. Nobody told us"),
        ("onboarding", False, "neutral", None),
    ]
    assert found[HOSTILE] == [("support", True, None, None)]
    assert found[SURE] == []
    (first, *_) = spreadsheets.read(file)
    assert (first.people, first.no_names) == ("Margaret", "")


def test_by_keys(browser: webdriver.Chrome, path: Path) -> None:
    """Search and Enter, next, take the suggestion, marked words, none; nothing needs a mouse."""
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    search = browser.switch_to.active_element
    search.send_keys("small pr", Keys.ENTER)
    search.send_keys(Keys.ESCAPE, Keys.TAB)
    browser.execute_script("document.activeElement.blur()")
    mark(browser, "anything.")
    body.send_keys("e")
    body.send_keys("n", "n", "a", "p", "0")

    found = said(saved(browser, path))

    assert found[BLIND] == [("small_print", True, None, "anything.")]
    assert found[HOSTILE] == []
    assert [one[0] for one in found[SURE]] == ["price_level", "broken_promise"]


def test_hostile_words_travel_whole(browser: webdriver.Chrome, path: Path) -> None:
    """A quotation mark, a semicolon and what looks like a formula, marked and taken back."""
    press(browser, "#next")
    press(browser, "[data-reason=support] button")
    mark(browser, "=1+1, and ")
    press(browser, "#chosen .mark")

    file = saved(browser, path)

    assert said(file)[HOSTILE] == [("support", True, None, "=1+1, and")]
    assert browser.execute_script("return window.hacked") is None
    assert browser.find_elements(By.CSS_SELECTOR, "img") == []


def test_from_export_to_import(browser: webdriver.Chrome, finished: Path, tmp_path: Path) -> None:
    """A page of a real programme, filled in here and taken back there."""
    home = tmp_path / "programme"
    shutil.copytree(finished, home)
    made = reviewing.export(home, tmp_path, Wanted(6), now=sample.NOW)
    allowed = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    show(browser, made.page, DESK)
    for selector in ("#none", "[data-reason=support] button", "[data-reason=budget] button"):
        press(browser, selector)
        press(browser, "#next")

    file = saved(browser, made.page, made.page.stem)
    taken = reviewing.take(home, [file], "Ann", now=sample.NOW)

    assert (taken.taken_count, taken.open_count, taken.refusals) == (3, 3, ())
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        rows = connection.execute("select reason from raw.labels order by reason").fetchall()
    assert rows == [("budget",), ("support",), (None,)]


@pytest.mark.usefixtures("path")
def test_what_is_filled_in_survives_a_reload(browser: webdriver.Chrome) -> None:
    """On the same text, and it says so."""
    press(browser, "#next")
    press(browser, "[data-reason=support] button")
    browser.find_element(By.ID, "comment").send_keys("not sure")
    browser.refresh()

    assert browser.find_element(By.ID, "progress").text == "2 of 3, 1 filled in"
    assert browser.find_element(By.CSS_SELECTOR, "#chosen .label").text == "support"
    assert browser.find_element(By.ID, "comment").get_attribute("value") == "not sure"
    assert "last time" in browser.find_element(By.ID, "kept").text


def test_no_name_is_said_and_taken_back(browser: webdriver.Chrome, path: Path) -> None:
    """One of two, or neither when pressed again: what is left alone is not said."""
    press(browser, "article.current .people .name")
    press(browser, "article.current .people .no-name")
    (first, *_) = spreadsheets.read(saved(browser, path))
    press(browser, "article.current .people .no-name")

    assert (first.people, first.no_names) == ("", "Margaret")
    assert browser.find_elements(By.CSS_SELECTOR, ".people [aria-pressed=true]") == []


def test_saved_and_left_nothing_is_kept(browser: webdriver.Chrome, path: Path) -> None:
    """Looking on does not keep it again; a change after saving does."""
    kept = "return localStorage.length"
    press(browser, "[data-reason=support] button")
    saved(browser, path)
    press(browser, "#next")
    before = browser.execute_script(kept)
    show(browser, path, DESK)
    after = browser.execute_script(kept)
    press(browser, "[data-reason=support] button")
    show(browser, path, DESK)

    assert (before, after, browser.execute_script(kept)) == (1, 0, 1)


def test_what_is_saved_runs_nowhere(browser: webdriver.Chrome, path: Path) -> None:
    """As in the table that is exported, by whatever it is parted, and read back to the letter."""
    comment = "=0 well; =1+1, @x ;\"-2 ＝3, '+4 and a-b"
    browser.find_element(By.ID, "comment").send_keys(comment)

    file = saved(browser, path)

    assert spreadsheets.read(file)[0].comment == comment
    assert harmless.guarded(comment).replace('"', '""') in file.read_text(encoding="utf-8-sig")


def test_skipped_is_not_looked_at(browser: webdriver.Chrome, path: Path) -> None:
    """Nothing is said of it, and the next text comes."""
    press(browser, "[data-reason=support] button")
    press(browser, "#skip")

    assert browser.find_element(By.ID, "progress").text == "2 of 3, 0 filled in"
    assert said(saved(browser, path)) == {}


@pytest.mark.usefixtures("path")
def test_a_search_finds_by_meaning(browser: webdriver.Chrome) -> None:
    """What is not found is out of sight, and comes back."""
    every = len(BOOK.given)
    search = browser.find_element(By.ID, "search")
    search.send_keys("renewal")
    found = browser.find_elements(By.CSS_SELECTOR, ".reason:not([hidden])")
    names = [each.get_attribute("data-reason") for each in found]
    search.send_keys(Keys.ESCAPE)

    assert "small_print" in names
    assert len(names) < every / 2
    assert len(browser.find_elements(By.CSS_SELECTOR, ".reason:not([hidden])")) == every


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nobody_scrolls_sideways(
    browser: webdriver.Chrome, path: Path, size: tuple[int, int]
) -> None:
    """Also with everything filled in and a meaning opened; and nothing is fetched."""
    show(browser, path, size)
    for _ in range(3):
        press(browser, "[data-reason=support] button")
        press(browser, "[data-reason=perception_gap] button")
        browser.find_element(By.TAG_NAME, "body").send_keys("n")
    press(browser, "[data-reason=small_print] summary")

    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def test_readable_without_javascript(browser: webdriver.Chrome, path: Path) -> None:
    """Every text with its suggestions, and every reason; nothing that cannot be pressed."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, path, DESK)
        texts = [each.text for each in browser.find_elements(By.TAG_NAME, "blockquote")]
        seen = browser.find_element(By.TAG_NAME, "body").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert len(texts) == 3
    assert all(texts)
    assert "fill in the table" in seen
    assert "Save" not in seen
