"""A sequence that makes its elements when asked: each once, and otherwise like a tuple."""

from __future__ import annotations

import pytest

from matcher.on_demand import OnDemand


def squares(length: int, made: list[int] | None = None) -> OnDemand[int]:
    """Squares, noting in `made` which were worked out."""

    def square(number: int) -> int:
        if made is not None:
            made.append(number)
        return number * number

    return OnDemand(length, square)


def test_nothing_is_made_before_it_is_asked_for() -> None:
    made: list[int] = []
    found = squares(1000, made)
    assert (len(found), bool(found), made) == (1000, True, [])


def test_an_element_is_made_once() -> None:
    made: list[int] = []
    found = squares(5, made)
    assert (found[3], found[3], found[:4], made) == (9, 9, (0, 1, 4, 9), [3, 0, 1, 2])


@pytest.mark.parametrize("part", [slice(2), slice(-2, None), slice(1, 4, 2), slice(None, None, -1), slice(7, 9)])
def test_a_part_is_a_tuple_like_that_of_a_tuple(part: slice) -> None:
    assert squares(5)[part] == tuple([0, 1, 4, 9, 16][part])


def test_it_counts_from_the_end_and_stops_at_it() -> None:
    assert squares(5)[-1] == 16
    with pytest.raises(IndexError):
        squares(5)[5]


def test_it_equals_a_tuple_and_another_with_the_same_elements() -> None:
    assert squares(3) == (0, 1, 4) == squares(3)
    assert squares(3) != (0, 1, 5)
    assert squares(3) != squares(2)
    assert squares(3) != [0, 1, 4]


def test_two_together_are_a_tuple() -> None:
    assert squares(2) + squares(3) == (0, 1, 0, 1, 4)


def test_it_knows_where_something_stands() -> None:
    assert (squares(5).index(9), 5 in squares(5), 4 in squares(5)) == (3, False, True)


def test_without_anything_it_is_empty() -> None:
    empty: OnDemand[int] = OnDemand()
    assert (tuple(empty), bool(empty), repr(empty)) == ((), False, "()")
