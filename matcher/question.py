"""What is asked of every candidate, worked out once: priorities, ages as a set, outcomes that matter, places, what runs already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from assessment import UNKNOWN_LEVEL, Context, Option, Questionnaire, places
from kb import AgeRange, Intervention, Outcome, ProblemKind, ProblemLevel
from matcher import weights as w
from matcher.advice import Axis, Link, Priorities, Reason
from matcher.wishes import NO_WISHES, Wishes

SIDES: dict[ProblemKind, frozenset[str]] = {
    problem: frozenset(axis for axis, shown in w.PROBLEM_AXES.items() if shown is problem) for problem in ProblemKind
}
"""The axes that each show a problem by themselves: one with several sides, such as 'online', is not one problem."""


@dataclass(frozen=True, slots=True)
class Question:
    """A context and its priorities, in the terms in which interventions are described."""

    context: Context
    priorities: Mapping[str, Axis]
    """Axis id to priority, most important first."""
    in_order: tuple[Axis, ...]
    """The priorities, most important first."""
    total_weight: float
    """Sum of the weights of the priorities."""
    weights: Mapping[str, float]
    """Most points of every criterion, with the emphasis of whoever asks."""
    left_out: frozenset[str]
    """Ids that whoever asks does not want to see."""
    lvb: bool
    """Does a mild intellectual disability play a part with many youths here?"""
    ages: frozenset[int]
    problems: tuple[ProblemKind, ...]
    """The problems asked about, without 'not clear yet'."""
    problem_values: Mapping[ProblemKind, float]
    """What each of them counts: the first most."""
    shown_problems: tuple[ProblemKind, ...]
    """Problems that the priorities show, whether asked about or not."""
    outcomes: frozenset[Outcome]
    """Outcomes that say something about the problems asked about."""
    settings: frozenset[str]
    partners: frozenset[str]
    running: frozenset[str]
    """Ids of interventions that run here already."""
    places: frozenset[str]

    present: frozenset[str]
    """Ids of all axes with a high need."""
    told: dict[tuple[str, float, tuple[str, ...]], Reason] = field(default_factory=dict, compare=False, repr=False)
    """What was said of working on an axis so far, to say it once."""

    @property
    def shows_victims(self) -> bool:
        """Is that youths are hurt a priority here?"""
        return not w.VICTIM_AXES.isdisjoint(self.priorities)

    @property
    def only_victims(self) -> bool:
        """And does nothing, asked or answered, show that they hurt others or break the law?"""
        return (
            self.shows_victims
            and w.OFFENCE_AXES.isdisjoint(self.present)
            and w.VICTIM_PROBLEMS.issuperset(self.problems)
        )

    @property
    def knows_level(self) -> bool:
        """Is it known whether it is about single youths, a group, a network, families or the whole area?"""
        return self.context.level not in (None, UNKNOWN_LEVEL)

    @property
    def about_a_group(self) -> bool:
        """Is there, or may there be, a group or network behind the problem?"""
        named = ProblemKind.YOUTH_GROUP in self.problems or ProblemKind.YOUTH_GROUP in self.shown_problems
        return named and self.context.level in (ProblemLevel.GROUP, ProblemLevel.NETWORK, UNKNOWN_LEVEL)

    def names_problem_of(self, intervention: Intervention) -> bool:
        """Is it meant for a problem that was named?"""
        return not self.problem_values.keys().isdisjoint(intervention.indication.problems)

    def shows_any(self, axes: AbstractSet[str]) -> bool:
        """Is the need high on any of these, or was the problem named that one of them shows?"""
        return not axes.isdisjoint(self.present) or any(w.PROBLEM_AXES.get(axis) in self.problems for axis in axes)

    def shows_nothing_of(self, intervention: Intervention) -> bool:
        """Is it made for one problem, and was neither that one nor any other of its problems named or shown?"""
        indication = intervention.indication
        if indication.main_problem in (None, ProblemKind.UNCLEAR) or not self.problems:
            return False
        return {*self.problems, *self.shown_problems}.isdisjoint({indication.main_problem, *indication.problems})

    def misses(self, problem: ProblemKind, sides: AbstractSet[str]) -> bool:
        """Was this problem named, do the priorities show a side of it, and is that none of these?"""
        shown = SIDES[problem] & self.priorities.keys()
        return problem in self.problems and bool(sides) and bool(shown) and not sides & shown

    def names(self, axis: Axis, link: Link) -> tuple[str, ...]:
        """The scored factors of an axis that the intervention names; or the axis itself when it works on the other side of it."""
        if len(axis.factors) == 1:
            return (axis.factors[0].name,)
        named = [factor.name for factor in axis.factors if factor.id in link.factor_ids]
        return tuple(named) or (axis.factors[0].name,)


def ask(context: Context, priorities: Priorities, wishes: Wishes = NO_WISHES) -> Question:
    acted = priorities.act
    clear = tuple(p for p in context.problems if p is not ProblemKind.UNCLEAR)
    asked = clear or (ProblemKind.UNCLEAR,)
    return Question(
        context=context,
        priorities={axis.id: axis for axis in acted},
        in_order=acted,
        total_weight=sum(axis.weight for axis in acted),
        weights={name: weight * wishes.emphasis.get(name, 1.0) for name, weight in w.WEIGHTS.items()},
        left_out=wishes.left_out,
        lvb=any(axis.id == w.LVB_AXIS for axis in priorities.background),
        ages=_years(context.ages, clear),
        problems=clear,
        problem_values={p: w.RANK_VALUE[min(rank, len(w.RANK_VALUE) - 1)] for rank, p in enumerate(clear)},
        shown_problems=tuple(dict.fromkeys(w.PROBLEM_AXES[axis.id] for axis in acted if axis.id in w.PROBLEM_AXES)),
        outcomes=frozenset(outcome for problem in asked for outcome in w.RELEVANT_OUTCOMES[problem])
        | {Outcome.GENERAL},
        settings=frozenset(str(s) for option in _chosen("setting", context.settings) for s in option.settings),
        partners=frozenset(word for code in context.partners for word in w.PARTNERS.get(code, ())),
        running=frozenset(i for option in _chosen("lopend", context.running) for i in option.interventions),
        places=_places(context),
        present=priorities.present,
    )


def _years(asked: Iterable[AgeRange], problems: Sequence[ProblemKind]) -> frozenset[int]:
    """Every year asked about. Unless early behaviour is the first problem, the band of 0 to 11 is about its oldest children."""
    youngest = w.YOUNGEST_IN_TROUBLE if problems and problems[0] is not ProblemKind.EARLY else 0
    years = frozenset(year for ages in asked for year in range(ages.start, ages.end + 1))
    return frozenset(year for year in years if year >= youngest) or years


def _chosen(key: str, codes: Iterable[str]) -> list[Option]:
    """The options of a context question behind these codes."""
    question = Questionnaire.load().question(key)
    found = (question.option(code) for code in codes) if question else ()
    return [option for option in found if option]


def _places(context: Context) -> frozenset[str]:
    named = places(context.municipality) if context.municipality else ()
    return frozenset(named) | ({context.region} if context.region else frozenset())
