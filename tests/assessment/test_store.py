"""What a meting keeps, on SQLite and on a real PostgreSQL: nothing lost, nothing twice, nothing after closing, nothing of another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from assessment import AreaLevel, Questionnaire, store
from tests.invullingen import answers_of, own
from web.database import Database

TOMORROW = timedelta(days=1)
ROLES = ("politie-boa", "jongerenwerk", None)


@pytest.fixture
def meting(database: Database) -> store.Assessment:
    with database.write() as session:
        return new_meting(session)


def new_meting(session: Session, municipality: str = "GM0153") -> store.Assessment:
    return store.create(
        session,
        municipality=municipality,
        area="Wesselerbrink",
        short=True,
        situation={"C01": ["Enschede"], "C02": ["Wesselerbrink"], "C04": ["12-17"], "C05": ["wapens"]},
        roles=ROLES,
        closes_at=store.now() + TOMORROW,
        created_by="1",
    )


def begin(database: Database, meting: store.Assessment, form: str = "een", role: str = "politie-boa") -> int:
    with database.write() as session:
        return store.start(session, meting, role, form, [store.device_hash(meting.id, form)])


def save(database: Database, number: int, **answers: str) -> None:
    with database.write() as session:
        store.save(session, own(session, number), answers)


def answers(database: Database, number: int) -> dict[str, str]:
    with database.read() as session:
        return answers_of(session, number)


def test_what_is_saved_can_be_read_back(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    save(database, number, IND01="3", WIJ02="wn", **{"O-individu": "Zoë: ‘ja’\nnee"})
    assert answers(database, number) == {"IND01": "3", "WIJ02": "wn", "O-individu": "Zoë: ‘ja’\nnee"}


def test_the_latest_answer_counts_and_an_emptied_one_goes(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    save(database, number, IND01="3", WIJ02="1")
    save(database, number, IND01="4", WIJ02="")
    assert answers(database, number) == {"IND01": "4"}


def test_an_answer_sent_twice_counts_once(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    for _ in range(2):
        save(database, number, IND01="3")
    with database.read() as session:
        assert [response.answers for response in store.responses_of(session, meting)] == [{"IND01": "3"}]


def test_a_form_sent_twice_starts_one_invulling(database: Database, meting: store.Assessment) -> None:
    assert begin(database, meting, "zelfde") == begin(database, meting, "zelfde")


def test_two_people_on_one_link_have_their_own_answers(database: Database, meting: store.Assessment) -> None:
    first, second = begin(database, meting, "een"), begin(database, meting, "twee")
    save(database, first, IND01="0")
    save(database, second, IND01="4")
    assert (answers(database, first), answers(database, second)) == ({"IND01": "0"}, {"IND01": "4"})


def at_the_same_time(count: int, work: Callable[[int], None]) -> None:
    """All begin together."""
    ready = threading.Barrier(count)

    def run(number: int) -> None:
        ready.wait(30)
        work(number)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


def test_twelve_people_at_the_same_moment_lose_nothing(database: Database, meting: store.Assessment) -> None:
    def person(number: int) -> None:
        response = begin(database, meting, f"formulier {number}")
        for step in range(4):
            save(database, response, **{f"IND0{step}": str(number)})

    at_the_same_time(12, person)
    with database.read() as session:
        kept = [set(form.answers.values()) for form in store.responses_of(session, meting)]
    assert len(kept) == 12
    assert all(len(values) == 1 for values in kept if values)


def test_two_devices_of_one_person_do_not_undo_each_other(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    at_the_same_time(2, lambda device: save(database, number, **{("IND01", "WIJ02")[device]: "3"}))
    assert answers(database, number) == {"IND01": "3", "WIJ02": "3"}


def test_one_form_sent_by_two_workers_at_once_starts_one_invulling(
    database: Database, meting: store.Assessment
) -> None:
    numbers: list[int] = []
    at_the_same_time(4, lambda _: numbers.append(begin(database, meting, "zelfde")))
    assert len(set(numbers)) == 1


def test_nothing_is_kept_when_something_goes_wrong_half_way(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)

    def fail_half_way() -> None:
        with database.write() as session:
            store.save(session, own(session, number), {"IND01": "3"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert answers(database, number) == {}


def test_a_closed_meting_takes_nothing_more(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    with database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), store.now())
    with pytest.raises(store.ClosedError):
        save(database, number, IND01="3")
    with pytest.raises(store.ClosedError):
        begin(database, meting, "te laat")
    with pytest.raises(store.ClosedError), database.write() as session:
        store.forget(session, own(session, number))
    assert answers(database, number) == {}


def test_a_closed_meting_cannot_be_opened_again(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), store.now())
    with pytest.raises(store.ClosedError), database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), store.now() + TOMORROW)


def test_an_open_meting_can_stay_open_longer(database: Database, meting: store.Assessment) -> None:
    later = store.now() + 9 * TOMORROW
    with database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), later)
    with database.read() as session:
        assert session.get_one(store.Assessment, meting.id).closes_at == later


def test_a_meting_takes_a_limited_number_of_invullingen(
    database: Database, meting: store.Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_RESPONSES", 2)
    begin(database, meting, "een")
    begin(database, meting, "twee")
    with pytest.raises(store.FullError):
        begin(database, meting, "drie")


def test_another_gemeente_has_no_such_meting(database: Database, meting: store.Assessment) -> None:
    with database.read() as session:
        assert store.get(session, meting.id, "GM0141") is None
        assert store.all_of(session, "GM0141") == []
        assert store.get(session, meting.id, "GM0153") is not None


def test_a_device_or_code_opens_only_its_own_invulling(database: Database, meting: store.Assessment) -> None:
    code = store.new_code()
    number = begin(database, meting)
    with database.write() as session:
        store.open_with(session, number, [store.code_hash(meting.id, code)])
        other = new_meting(session)
    with database.read() as session:
        opened = store.response_by(session, meting, store.code_hash(meting.id, f" {code.lower().replace('-', ' ')} "))
        assert opened is not None
        assert opened.id == number
        assert store.response_by(session, other, store.code_hash(other.id, code)) is None
        assert store.response_by(session, other, store.code_hash(meting.id, code)) is None
        assert store.response_by(session, meting, store.code_hash(meting.id, store.new_code())) is None


def test_no_secret_of_a_respondent_is_kept_readable(database: Database, meting: store.Assessment) -> None:
    begin(database, meting, "geheim-formulier")
    with database.read() as session:
        rows = [
            *session.execute(text("SELECT * FROM response")),
            *session.execute(text("SELECT * FROM respondent_key")),
        ]
    assert "geheim-formulier" not in str(rows)


def test_a_link_leads_to_its_meting_until_it_is_renewed(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        link = store.invitations(session, meting)[0]
        found = store.invited(session, link.token)
        assert found is not None
        assert (found.role, found.id) == ("politie-boa", meting.id)
        old = link.token
        assert link.id is not None
        assert store.renew(session, meting, link.id)
    with database.read() as session:
        assert store.invited(session, old) is None
        assert [each.role for each in store.invitations(session, meting)] == list(ROLES)


def test_the_link_of_another_meting_cannot_be_renewed(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        other = new_meting(session, "GM0141")
        number = store.invitations(session, other)[0].id
        assert number is not None
        assert not store.renew(session, meting, number)


def test_a_link_cannot_be_guessed() -> None:
    alphabet = {letter for _ in range(300) for letter in store.new_token()}
    assert len(alphabet) ** len(store.new_token()) >= 2**128
    assert len({store.new_token() for _ in range(100)}) == 100


def test_progress_counts_per_role_who_answered_something(database: Database, meting: store.Assessment) -> None:
    done, busy, _empty = (begin(database, meting, form) for form in ("een", "twee", "drie"))
    save(database, done, IND01="1")
    save(database, busy, IND01="1")
    with database.write() as session:
        store.finish(session, own(session, done))
    with database.read() as session:
        assert store.progress(session, meting) == {"politie-boa": store.Progress(started=2, finished=1)}


def test_who_says_done_twice_is_done_since_the_first_time(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    moments = []
    for _ in range(2):
        with database.write() as session:
            store.finish(session, own(session, number))
            moments.append(own(session, number).finished_at)
    assert moments[0] == moments[1]


def test_taking_an_invulling_back_takes_its_answers_and_keys(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    save(database, number, IND01="1")
    with database.write() as session:
        store.forget(session, own(session, number))
    with database.read() as session:
        assert list(session.scalars(select(store.StoredAnswer))) == []
        assert list(session.scalars(select(store.RespondentKey))) == []


def test_removing_a_meting_leaves_nothing_of_it(database: Database, meting: store.Assessment) -> None:
    number = begin(database, meting)
    save(database, number, IND01="1")
    with database.write() as session:
        talk = store.Conversation(
            assessment_id=meting.id, held_on=store.now().date(), with_youth=True, with_residents=False
        )
        store.agree(session, talk, [store.AgreedPriority(assessment_id=meting.id, axis="wapens", place=1)])
        store.put_indicators(session, meting, [indicator()])
        store.remove(session, meting)
    with database.read() as session:
        for table in ("assessment", "invitation", "response", "answer", "respondent_key", "indicator_value", "conversation", "agreed_priority"):  # fmt: skip
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0, table  # noqa: S608


def indicator(observed: float = 30) -> store.StoredIndicator:
    return store.StoredIndicator(
        assessment_id="", indicator_id="halt", observed=observed, expected=20.5, level="wijk", source="Halt", year=2025
    )


def test_a_figure_replaces_the_one_before(database: Database, meting: store.Assessment) -> None:
    for observed in (30, 40):
        with database.write() as session:
            store.put_indicators(session, meting, [indicator(observed)])
    with database.read() as session:
        (value,) = store.indicator_values(store.indicators_of(session, meting))
    assert (value.observed, value.expected, value.level) == (40, 20.5, AreaLevel.AREA)


def test_a_figure_can_be_taken_away_until_closing(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        store.put_indicators(session, meting, [indicator()])
        store.drop_indicator(session, meting, "halt")
    with database.write() as session:
        assert store.indicators_of(session, meting) == []
        store.put_indicators(session, meting, [indicator()])
        store.close(session, session.merge(meting), store.now())
    with pytest.raises(store.ClosedError), database.write() as session:
        store.drop_indicator(session, meting, "halt")
    with pytest.raises(store.ClosedError), database.write() as session:
        store.put_indicators(session, meting, [])
    with database.read() as session:
        assert len(store.indicators_of(session, meting)) == 1


def test_the_previous_meting_is_the_last_of_that_area_that_closed_before(
    database: Database, meting: store.Assessment
) -> None:
    def make(days: int, **changes: object) -> str:
        """A closed meting that began so many days ago and took a day."""
        with database.write() as session:
            made = new_meting(session)
            made.created_at, made.closes_at = store.now() - timedelta(days), store.now() - timedelta(days - 1)
            for name, value in changes.items():
                setattr(made, name, value)
            session.add(made)
            return made.id

    make(300)
    last = make(200, area="WESSELERBRINK")
    make(100, area="Elders")
    make(90, municipality="GM0141")
    make(80, short=False)
    make(70, closes_at=store.now() + TOMORROW)
    with database.read() as session:
        found = store.previous(session, meting)
    assert found is not None
    assert found.id == last


def test_the_metingen_of_several_gemeenten_come_per_gemeente(database: Database) -> None:
    with database.write() as session:
        made = [new_meting(session, code).municipality for code in ("GM0153", "GM0141", "GM0153", "GM0014", "GM0147")]
    with database.read() as session:
        found = [each.municipality for each in store.all_in(session, ["GM0153", "GM0141", "GM0147"])]
        assert store.all_in(session, []) == []
    assert found == sorted(code for code in made if code != "GM0014")


def test_the_talk_replaces_the_one_before(database: Database, meting: store.Assessment) -> None:
    for axes in (("wapens", "agressie"), ("werk",)):
        with database.write() as session:
            talk = store.Conversation(
                assessment_id=meting.id, held_on=store.now().date(), with_youth=True, with_residents=True
            )
            rows = [store.AgreedPriority(assessment_id=meting.id, axis=axis, place=n) for n, axis in enumerate(axes)]
            store.agree(session, talk, rows)
    with database.read() as session:
        assert [row.axis for row in store.agreed(session, meting)[1]] == ["werk"]


def test_a_running_meting_keeps_its_questionnaire(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        kept = session.get_one(store.StoredQuestionnaire, meting.questionnaire)
        older = {**kept.content, "versie": "0.0", "titel": "Een oude vragenlijst"}
        session.add(store.StoredQuestionnaire(digest="oud", version="0.0", content=older))
        session.flush()
        mine = session.get_one(store.Assessment, meting.id)
        mine.questionnaire = "oud"
        session.add(mine)
    with database.read() as session:
        mine = session.get_one(store.Assessment, meting.id)
        assert store.questionnaire_of(session, mine).title == "Een oude vragenlijst"
        assert store.questionnaire_of(session, meting) is Questionnaire.load()


def test_the_situation_becomes_a_context(database: Database, meting: store.Assessment) -> None:
    with database.write() as session:
        store.describe(session, session.get_one(store.Assessment, meting.id), {"C06": ["4"], "C04": ["18-22"]})
    with database.read() as session:
        mine = session.get_one(store.Assessment, meting.id)
        context = store.context_of(Questionnaire.load(), mine)
    assert (context.municipality, context.severity, [(r.start, r.end) for r in context.ages]) == (
        "GM0153",
        4,
        [(18, 22)],
    )


def test_what_is_past_its_term_goes_and_the_rest_stays(database: Database, meting: store.Assessment) -> None:
    answered, empty = begin(database, meting, "een"), begin(database, meting, "twee")
    save(database, answered, IND01="1")
    with database.write() as session:
        old = new_meting(session)
        session.execute(text("UPDATE assessment SET closes_at = '2020-01-01 00:00:00' WHERE id = :id"), {"id": old.id})
        session.execute(text("UPDATE response SET started_at = '2020-01-01 00:00:00'"))
        assert store.clean_up(session) == (1, 1)
    with database.read() as session:
        assert [each.id for each in store.all_of(session, "GM0153")] == [meting.id]
        assert session.get(store.StoredResponse, empty) is None
    assert answers(database, answered) == {"IND01": "1"}


def test_a_moment_comes_back_in_utc_whatever_zone_it_went_in(database: Database, meting: store.Assessment) -> None:
    moment = datetime(2031, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    with database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), moment)
    with database.read() as session:
        back = session.get_one(store.Assessment, meting.id).closes_at
    assert (back, back.tzinfo) == (moment, UTC)


def test_a_moment_without_a_zone_is_refused(database: Database, meting: store.Assessment) -> None:
    with pytest.raises(StatementError), database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting.id), datetime(2031, 7, 1))  # noqa: DTZ001


def test_an_answer_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(store.StoredAnswer(response_id=99, field="IND01", value="1"))
