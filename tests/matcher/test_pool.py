"""All at once is the same as one by one: what stands for a group of candidates holds for each of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matcher.criteria import reasons
from matcher.evaluate import Case, own_cases, read_cases
from matcher.gates import GATES, first_closed
from matcher.pool import closed_gates, points_by_criterion, pool_of
from matcher.priorities import prioritise
from matcher.question import Question, ask
from matcher.ranking import rank
from tests.matcher.samples import cupboard


def question_of(case: Case) -> Question:
    return ask(case.context, prioritise(cupboard().factors, case.profile))


@pytest.mark.parametrize("path", own_cases(), ids=lambda path: path.stem)
def test_every_gate_closes_for_the_same_candidates_one_by_one(path: Path) -> None:
    pool, names = pool_of(cupboard()), list(GATES)
    for case in read_cases(path)[::3]:
        question = question_of(case)
        if not question.priorities:
            continue
        one_by_one = [first_closed(question, found) for found in pool.candidates]
        expected = [names.index(gate[0]) if gate else -1 for gate in one_by_one]
        different = np.flatnonzero(closed_gates(pool, question) != expected)
        assert not [(case.id, pool.candidates[n].intervention.id, one_by_one[n]) for n in different]


@pytest.mark.parametrize("path", own_cases(), ids=lambda path: path.stem)
def test_every_criterion_gives_the_same_points_one_by_one(path: Path) -> None:
    pool = pool_of(cupboard())
    for case in read_cases(path)[::5]:
        question = question_of(case)
        if not question.priorities:
            continue
        together = points_by_criterion(pool, question)
        for row in np.flatnonzero(closed_gates(pool, question) < 0):
            found = pool.candidates[row]
            total = sum(reason.points for reason in reasons(question, found))
            assert together[row].sum() == total, (case.id, found.intervention.id)


@pytest.mark.parametrize("path", own_cases(), ids=lambda path: path.stem)
def test_a_ranked_candidate_gets_the_reasons_it_would_get_alone(path: Path) -> None:
    pool = pool_of(cupboard())
    for case in read_cases(path)[::5]:
        question = question_of(case)
        if question.priorities:
            ranked = rank(question, pool, case.profile)
            for found in (*ranked.recommended.listed, *ranked.services.listed):
                assert found.reasons == reasons(question, pool.candidates[pool.row[found.intervention.id]]), case.id


def test_matrices_are_multiplied_in_one_thread() -> None:
    code = "import matcher, threadpoolctl; print({found['num_threads'] for found in threadpoolctl.threadpool_info()})"
    fresh = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    assert subprocess.run([sys.executable, "-c", code], env=fresh, capture_output=True, text=True).stdout == "{1}\n"
