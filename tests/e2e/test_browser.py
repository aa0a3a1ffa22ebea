"""The mail and the full report in a real browser, on a desk and on a phone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from winloss import warehouse

PICTURE = Path(__file__).parent.parent.parent / "docs" / "weekly.png"
PHONE = (360, 640)
DESK = (700, 900)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Headless Chromium; without one these tests skip, but not where one is required."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (binary and driver):
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("a browser is required here, and there is none")
        pytest.skip("Chromium and its driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    profile = tmp_path_factory.mktemp("profile")
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


def show(browser: webdriver.Chrome, path: Path, size: tuple[int, int]) -> None:
    """Open a file at a screen's size, as a phone would: one CSS pixel is one pixel."""
    width, height = size
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.get(path.as_uri())


def edition(finished: Path) -> Path:
    """The folder of the only edition."""
    (folder,) = (finished / "editions").glob("weekly-*")
    return folder


@pytest.mark.parametrize("name", ["weekly.html", "full.html"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_one_column(
    browser: webdriver.Chrome, finished: Path, name: str, size: tuple[int, int]
) -> None:
    """Nobody has to scroll sideways."""
    show(browser, edition(finished) / name, size)

    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]


def test_first_screen_on_a_phone(browser: webdriver.Chrome, finished: Path) -> None:
    """The first screen holds the sentence, how many meant it, and what we had logged."""
    show(browser, edition(finished) / "weekly.html", PHONE)
    with warehouse.reading(finished / "warehouse.duckdb") as connection:
        (lead,) = connection.execute(
            "select quote from ops.findings order by position limit 1"
        ).fetchall()
    bottoms = [
        browser.execute_script(
            "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
            "while (walker.nextNode()) if (walker.currentNode.data.includes(arguments[0])) {"
            "const range = document.createRange(); range.selectNodeContents(walker.currentNode);"
            "return range.getBoundingClientRect().bottom; } return null;",
            text,
        )
        for text in (lead[0], "who told us why", "we had logged")
    ]

    assert None not in bottoms
    assert max(bottoms) < PHONE[1]


@pytest.mark.parametrize("name", ["weekly.html", "full.html"])
def test_nothing_is_fetched(browser: webdriver.Chrome, finished: Path, name: str) -> None:
    """The page is whole by itself: no image, font, script or tracker from anywhere."""
    show(browser, edition(finished) / name, DESK)

    fetched = browser.execute_script("return performance.getEntriesByType('resource').length")
    assert fetched == 0
    assert (
        browser.find_elements(By.CSS_SELECTOR, "script, link, iframe, object, img[src^=http]") == []
    )


def test_hostile_words_stay_words(browser: webdriver.Chrome, finished: Path) -> None:
    """What a customer typed never becomes an element of the page."""
    for name in ("weekly.html", "full.html"):
        show(browser, edition(finished) / name, DESK)
        assert browser.execute_script("return window.hacked") is None
        assert browser.find_elements(By.TAG_NAME, "script") == []


def test_picture(
    browser: webdriver.Chrome, finished: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The README's picture can be taken; `make golden` takes it anew."""
    show(browser, edition(finished) / "weekly.html", DESK)
    height = browser.execute_script("return document.documentElement.scrollHeight")
    show(browser, edition(finished) / "weekly.html", (DESK[0], height))
    taken = PICTURE if request.config.getoption("--update-golden") else tmp_path / "weekly.png"

    assert browser.save_screenshot(str(taken))

    assert PICTURE.is_file()
