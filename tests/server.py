"""`kast serve` as a process of its own, to kill and to load; and respondents that speak HTTP to it, without a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from subprocess import PIPE
from typing import IO

import httpx2
from sqlmodel import col, select

from assessment import store
from tests.invullingen import answers_of
from web.database import Database

FIXED = {"T-": "1", "Z-": "3"}
"""What everybody answers about change and certainty."""
PATIENCE = 120.0
"""Seconds to wait for an answer: a busy machine is no fault in the code."""


class Server:
    """The site on a free port."""

    def __init__(self, database_url: str, workers: int = 1, **settings: str) -> None:
        command = [sys.executable, "-m", "web.cli", "serve", "--port", "0", "--workers", str(workers)]
        environment = os.environ | {"KAST_DATABASE_URL": database_url} | settings
        self.process = subprocess.Popen(command, env=environment, stdout=PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://[\d.:]+", line)
        assert found, f"de server zei: {line!r}"
        self.address = found[0]
        self.said = [line]
        """Every line so far."""
        threading.Thread(target=_drain, args=(self.process.stdout, self.said), daemon=True).start()

    @property
    def workers(self) -> list[int]:
        """The processes that do the work."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid), "-f", "spawn_main"], stdout=PIPE, check=False)
        return [int(number) for number in found.stdout.split()]

    def kill(self) -> None:
        """Like a power cut: nothing is finished."""
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> int:
        """As an administrator would; gives the exit code."""
        self.process.terminate()
        return self.process.wait(60)


def filled(names: Iterable[str], answer: str) -> dict[str, str]:
    """Everywhere the same answer."""
    return {name: FIXED.get(name[:2], answer) for name in names}


def _drain(stream: IO[str], said: list[str]) -> None:
    with stream:
        said.extend(stream)


def new_meting(database: Database, roles: Sequence[str | None], municipality: str = "GM0153") -> dict[str | None, str]:
    """A short meting, straight into the database; role to the path of its link."""
    with database.write() as session:
        made = store.create(
            session,
            municipality=municipality,
            area="Proefwijk",
            short=True,
            situation={"C01": [municipality], "C02": ["Proefwijk"]},
            roles=roles,
            closes_at=store.now() + store.KEEP,
            created_by="0",
        )
        return {each.role: f"/invullen/{each.token}" for each in store.invitations(session, made)}


class Respondent:
    """Somebody who fills in step by step, and knows what was acknowledged."""

    def __init__(self, address: str, link: str) -> None:
        self.client = httpx2.Client(base_url=address, timeout=PATIENCE, verify=False)
        self.link = link
        self.page = ""

    def _hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, self.page[:400]
        return unescape(found[1])

    def open(self, path: str) -> None:
        answer = self.client.get(path)
        if answer.status_code == 303:
            answer = self.client.get(answer.headers["location"])
        assert answer.status_code == 200, (path, answer.status_code)
        self.page = answer.text

    def begin(self) -> None:
        self.open(self.link)
        fields = {"formulier": self._hidden("formulier"), "begin": self._hidden("begin")}
        answer = self.client.post(self.link, data=fields)
        assert answer.status_code == 303, answer.status_code
        self.open(f"{self.link}/vragen")

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(re.findall(r'<input type="radio" id="[^"]+" name="([^"]+)"', self.page)))

    @property
    def step(self) -> str:
        return self._hidden("stap")

    def send(self, step: str, given: Mapping[str, str]) -> str:
        """Send the answers of a step with the form that is open; where the server says to go on. Then they are acknowledged."""
        fields = {"formulier": self._hidden("formulier"), "stap": step, "actie": "verder", **given}
        sent = self.client.post(f"{self.link}/vragen", data=fields)
        assert sent.status_code == 303, sent.status_code
        return str(sent.headers["location"])

    def save(self, answer: str) -> bool:
        """Answer this step and go on to the next; True when it was the last."""
        where = self.send(self.step, filled(self.names, answer))
        if where.endswith("/klaar"):
            return True
        self.open(where)
        return False

    def close(self) -> None:
        self.client.close()


def kept(database: Database, link: str) -> list[dict[str, str]]:
    """What the database holds of everybody on the meting of this link, by question."""
    with database.read() as session:
        found = store.invited(session, link.rsplit("/", 1)[1])
        assert found is not None
        mine = select(store.StoredResponse).where(col(store.StoredResponse.assessment_id) == found.id)
        rows = session.exec(mine).all()
        return [answers_of(session, row.id or 0) for row in rows]
