"""A real server and a real Chromium. Every page a test opens is watched: no other host, no message in the console."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from assessment import Questionnaire, parse, quick_scan, to_query
from kb import KnowledgeBase
from tests.browser.install import find
from tests.web import samples
from web import accounts
from web.database import Database

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}

PATIENCE = 90_000
"""Milliseconds to wait for a page: a busy machine is no fault in the code."""

REFUSED = re.compile(r"the server responded with a status of (400|409|422)\b")

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the database of the site."""
    return f"sqlite:///{tmp_path_factory.mktemp('kast')}/kast.sqlite3"


@pytest.fixture
def database(site_database: str) -> Iterator[Database]:
    opened = Database(site_database)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: str) -> Iterator[str]:
    """`kast serve` as a process of its own on a free port; gives its address."""
    folder = tmp_path_factory.mktemp("log")
    command = [str(Path(sys.executable).with_name("kast")), "serve", "--port", "0"]
    environment = os.environ | {"KAST_DATABASE_URL": site_database}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            assert "http://" in line, (folder / "log").read_text()
            yield next(word for word in line.split() if word.startswith("http://")).rstrip("/")
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file. Not for the whole run: as long as it lives, its event loop is that of the process, and code
    under test in a later file could start none of its own."""
    path = find()
    if path is None:
        pytest.skip("geen Chromium; voer `python tests/browser/install.py` uit")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens a page in a context of its own. At the end: nothing was asked of another host, and the console was silent."""
    contexts: list[BrowserContext] = []
    strange: list[str] = []

    def make(viewport: dict[str, int] = WIDE, **options: Any) -> Page:
        context = browser.new_context(base_url=site, viewport=viewport, locale="nl-NL", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: strange.extend(_elsewhere(request.url, site)))
        page.on("console", lambda message: strange.extend(_said(message.text)))
        page.on("pageerror", lambda error: strange.append(f"fout: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not strange


def signed_in(new_page: NewPage, database: Database, role: str, organisation: str) -> Page:
    """A page of somebody with an account; how one gets in is another test."""
    email = f"{role}@{organisation}.nl".lower()
    with database.write() as session:
        account = accounts.find_account(session, email)
        token = accounts.invite(session, role, organisation) if account is None else ""
        account = account or accounts.accept(session, token, email, "een goed lang wachtwoord")
        word = accounts.sign_in(session, account, None)
    page = new_page()
    page.goto("/inloggen")
    page.context.add_cookies([{"name": "kast-sessie", "value": word, "url": page.url}])
    return page


def _said(message: str) -> list[str]:
    """The browser notes by itself that a form was refused; that is no fault of the page."""
    return [] if REFUSED.search(message) else [f"console: {message}"]


def _elsewhere(address: str, site: str) -> list[str]:
    return [] if urlsplit(address).netloc == urlsplit(site).netloc else [f"ander adres: {address}"]


@pytest.fixture(scope="session")
def queries(echte_kast: KnowledgeBase) -> dict[str, str]:
    """The query of an advice for each of the three outcomes."""
    questionnaire = Questionnaire.load()
    forms = {"advies": samples.knives(), "rustig": samples.quiet(), "onbekend": samples.unknown()}
    found = {}
    for name, form in forms.items():
        read = parse(form, questionnaire=questionnaire, short=True)
        found[name] = urlencode(to_query(quick_scan(questionnaire, echte_kast.factors, read.response), read.context))
    return found
