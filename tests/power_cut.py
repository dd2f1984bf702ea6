"""The server is killed again and again while people send answers. What it acknowledged must be in the database, answer by answer.

`python -m tests.power_cut --help`; the suite runs 500 answers with five kills on each engine. Killed is our server, with SIGKILL: nothing
is finished. PostgreSQL itself stays up, as it does on a machine of its own.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import cycle
from math import ceil

import httpx2

from assessment import store
from tests.server import Respondent, Server, filled, new_meting
from web.database import Database

POSTS, KILLS, PEOPLE = 500, 5, 15
"""With fifteen people nearly every answer between two kills is at another step or of another person: one that is lost is not hidden by a
later one."""
MOMENT = 0.05
"""The light goes out at most so many seconds after the answer that was to be the last: somewhere amid the next ones."""

Answers = dict[str, str]
Step = tuple[str, list[str]]
"""Its id and the names of its questions."""


@dataclass
class Outcome:
    """What came of it."""

    acknowledged: int = 0
    kills: int = 0
    unanswered: int = 0
    """Answers that were on their way when the light went out ..."""
    kept: int = 0
    """... and are in the database all the same, as they may be: the server was killed between writing and answering."""
    wrong: list[tuple[Answers, Answers, Answers]] = field(default_factory=list)
    """Acknowledged, on its way and found: of everybody of whom something is lost, halved or strange. Must be empty."""


class Sender:
    """One person, who goes on after every kill."""

    def __init__(self, address: str, link: str, seed: int) -> None:
        self.person, self.chance = Respondent(address, link), random.Random(seed)
        self.acknowledged: Answers = {}
        self.on_its_way: Answers = {}
        self.person.begin()

    def work(self, steps: Sequence[Step], tell: Callable[[], None]) -> None:
        """Go through the steps until the server is gone, each time with another answer; `tell` at each that was acknowledged."""
        order = self.chance.sample(steps, len(steps))
        with suppress(httpx2.TransportError):
            for step, names in cycle(order):
                before = self.acknowledged.get(names[0])
                self.on_its_way = filled(names, self.chance.choice([code for code in "01234" if code != before]))
                self.person.send(step, self.on_its_way)
                self.acknowledged |= self.on_its_way
                self.on_its_way = {}
                tell()

    def device(self) -> str:
        """What this browser carries to open its own answers."""
        (carried,) = (value for name, value in self.person.client.cookies.items() if name.startswith("kast-invulling-"))
        return carried.strip('"').partition(".")[0]


def steps_of(person: Respondent) -> list[Step]:
    """Every step of the questionnaire, by walking through it once."""
    found = []
    while True:
        found.append((person.step, person.names))
        if person.save("2"):
            return found


class Drill:
    """People who send answers until enough were acknowledged, through every kill."""

    def __init__(self, database_url: str, posts: int = POSTS, kills: int = KILLS, seed: int = 20261122) -> None:
        """The light goes out after about equally many answers each time, but never at a moment one can foresee."""
        self.url, self.chance = database_url, random.Random(seed)
        self.moments = [ceil((n + self.chance.uniform(0.5, 1)) * posts / kills) for n in range(kills - 1)] + [posts]
        self.outcome = Outcome()
        self._told = threading.Condition()

    def run(self) -> Outcome:
        with closing(Database(self.url)) as database:
            link = new_meting(database, ["politie-boa"])["politie-boa"]
            server = Server(self.url)
            people = [Sender(server.address, link, self.chance.randrange(2**32)) for _ in range(PEOPLE)]
            with closing(Respondent(server.address, link)) as walker:
                walker.begin()
                steps = steps_of(walker)
            for moment in self.moments:
                self._until(moment, server, people, steps)
                self._compare(database, link, people)
                if moment != self.moments[-1]:
                    server = Server(self.url)
                    for each in people:
                        each.person.client.base_url = server.address
        for each in people:
            each.person.close()
        return self.outcome

    def _tell(self) -> None:
        with self._told:
            self.outcome.acknowledged += 1
            self._told.notify()

    def _until(self, moment: int, server: Server, people: Sequence[Sender], steps: Sequence[Step]) -> None:
        """Everybody sends; soon after so many answers the server is gone."""
        threads = [threading.Thread(target=each.work, args=(steps, self._tell)) for each in people]
        for thread in threads:
            thread.start()
        with self._told:
            assert self._told.wait_for(lambda: self.outcome.acknowledged >= moment, 300)
        time.sleep(self.chance.uniform(0, MOMENT))
        server.kill()
        for thread in threads:
            thread.join(60)
        self.outcome.kills += 1

    def _compare(self, database: Database, link: str, people: Sequence[Sender]) -> None:
        """What was on its way may be there or not, but whole; all the rest is there as acknowledged."""
        for each in people:
            found = kept(database, link, each.device())
            with_last = each.acknowledged | each.on_its_way
            if found not in (each.acknowledged, with_last):
                self.outcome.wrong.append((each.acknowledged, each.on_its_way, found))
            self.outcome.unanswered += bool(each.on_its_way)
            self.outcome.kept += found == with_last != each.acknowledged
            each.acknowledged, each.on_its_way = found, {}


def kept(database: Database, link: str, device: str) -> Answers:
    """What the database holds of the person with this device."""
    with database.read() as session:
        found = store.invited(session, link.rsplit("/", 1)[1])
        assert found
        response = store.response_by(session, found, store.device_hash(found.id, device))
        assert response
        return {name: value for name, (value,) in response.answers.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="address of an empty database; otherwise SQLite in a temporary folder")
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261122)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{folder}/kast.sqlite3"
        start = time.monotonic()
        found = Drill(url, chosen.posts, chosen.kills, chosen.seed).run()
    print(f"{found.acknowledged} answers acknowledged, {found.kills} kills, {time.monotonic() - start:.0f} s")
    print(f"{found.unanswered} were on their way at a kill, of which {found.kept} were kept, each of them whole")
    print(f"lost or changed: {len(found.wrong)}")
    raise SystemExit(bool(found.wrong))


if __name__ == "__main__":
    main()
