"""What whoever asks wants to see otherwise: what if evidence weighed more, what if this one were left out? Part of the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matcher import weights as w

EMPHASIS_KEY = "gewicht"
LEFT_OUT_KEY = "zonder"
AGREED_KEY = "prioriteit"
SEPARATOR = "~"
EMPHASES: dict[str, float] = {"0": 0.0, "half": 0.5, "dubbel": 2.0}
"""Words of the address and what they do to the weight of a criterion; what is not named counts once."""
MOST_LEFT_OUT = 20
MOST_AGREED = 10


@dataclass(frozen=True, slots=True)
class Wishes:
    """Nothing here is about the area: it is about how to look at it."""

    emphasis: Mapping[str, float] = field(default_factory=dict)
    """Criterion of WEIGHTS to multiplier: 0, 0.5 or 2."""
    left_out: frozenset[str] = frozenset()
    """Ids of interventions."""
    agreed: tuple[str, ...] = ()
    """Ids of axes: the priorities that people agreed on in a conversation, most important first; then these count, not ours."""

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> Wishes:
        """Reads `gewicht=bewijs~dubbel`, `zonder=mst` and `prioriteit=wapens`; leaves everything else and everything malformed aside."""
        emphasis, left_out, agreed = {}, [], []
        for key, value in pairs:
            criterion, _, word = value.partition(SEPARATOR)
            if key == EMPHASIS_KEY and criterion in w.WEIGHTS and word in EMPHASES:
                emphasis[criterion] = EMPHASES[word]
            elif key == LEFT_OUT_KEY and value not in left_out:
                left_out.append(value)
            elif key == AGREED_KEY and value not in agreed:
                agreed.append(value)
        return cls(emphasis, frozenset(left_out[:MOST_LEFT_OUT]), tuple(agreed[:MOST_AGREED]))

    def to_query(self) -> list[tuple[str, str]]:
        """The reverse of `from_query`, in a fixed order."""
        words = {multiplier: word for word, multiplier in EMPHASES.items()}
        pairs = [(EMPHASIS_KEY, f"{name}{SEPARATOR}{words[value]}") for name, value in sorted(self.emphasis.items())]
        pairs += [(LEFT_OUT_KEY, page_id) for page_id in sorted(self.left_out)]
        return pairs + [(AGREED_KEY, axis_id) for axis_id in self.agreed]


NO_WISHES = Wishes()
