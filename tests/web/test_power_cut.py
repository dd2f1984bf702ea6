"""The server is killed again and again while people fill in: everything that was acknowledged is there afterwards, on both engines."""

from __future__ import annotations

import random
import threading
import time
from contextlib import closing, suppress

import httpx2

from tests.server import Respondent, Server, kept, new_meting
from web.database import Database

KILLS = 4
ROUNDS = 40
"""Pages that each of five people sends at most between two kills."""
PEOPLE = 5


def fill_in_until_the_light_goes_out(
    server: Server, link: str, people: list[Respondent], chance: random.Random
) -> None:
    """Five people at work; at a random moment after the first answer the server is gone."""
    busy = threading.Event()

    def work(number: int) -> None:
        respondent = Respondent(server.address, link)
        people.append(respondent)
        with suppress(httpx2.TransportError), closing(respondent):
            respondent.begin()
            for step in range(ROUNDS):
                if respondent.save(str((number + step) % 5)):
                    respondent.open(f"{link}/vragen?stap=individu")
                busy.set()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    assert busy.wait(120)
    time.sleep(chance.uniform(0.2, 2.5))
    server.kill()
    for thread in threads:
        thread.join(60)


def test_what_was_acknowledged_survives_a_kill(database_url: str) -> None:
    database = Database(database_url)
    link = new_meting(database, ["politie-boa"])["politie-boa"]
    people: list[Respondent] = []
    chance = random.Random(20261122)
    for _ in range(KILLS):
        fill_in_until_the_light_goes_out(Server(database_url), link, people, chance)
    found = kept(database, link)
    lost = [person.acknowledged for person in people if person.acknowledged and not _is_in(person.acknowledged, found)]
    assert lost == []
    assert sum(bool(person.acknowledged) for person in people) > KILLS
    database.close()


def _is_in(acknowledged: dict[str, str], found: list[dict[str, str]]) -> bool:
    """Everything acknowledged, but for what a later answer, on its way when the light went out, may have replaced."""
    return any(acknowledged.keys() <= answers.keys() and _same(acknowledged, answers) for answers in found)


def _same(acknowledged: dict[str, str], answers: dict[str, str]) -> bool:
    different = [name for name, value in acknowledged.items() if answers[name] != value]
    return len({answers[name] for name in different}) <= 1 and len(different) <= 8
