"""A sequence whose elements are made when they are asked for. Knows nothing of what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class OnDemand(Sequence[T], Generic[T]):
    """So many elements, each made once, by number, the first time somebody looks at it. A part of it is a tuple; it equals a tuple.

    Of thousands of interventions that are ranked or ruled out, a page shows a handful.
    """

    def __init__(self, length: int = 0, make: Callable[[int], T] | None = None) -> None:
        self._numbers = range(length)
        self._make = make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(map(self._element, self._numbers[at]))
        return self._element(self._numbers[at])

    def __iter__(self) -> Iterator[T]:
        return map(self._element, self._numbers)

    def __add__(self, other: Sequence[T]) -> tuple[T, ...]:
        return (*self, *other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (OnDemand, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal to a tuple, so it may not hash otherwise

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _element(self, number: int) -> T:
        if number not in self._made and self._make:
            self._made[number] = self._make(number)
        return self._made[number]
