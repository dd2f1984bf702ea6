"""Every number the matcher uses, in one place, with where it comes from. Change a number here and the version changes with it.

All are reasoned starting values, not measured ones (assessment/scoring notes, version 0.1), except where a source is named.
"""

from __future__ import annotations

from assessment import MEDIUM_CONFIDENCE
from kb import (
    Changeability,
    Character,
    EvidenceLevel,
    Form,
    Intensity,
    Kind,
    Outcome,
    ProblemKind,
    RoleInApproach,
    Strength,
)

VERSION = "1.3"

# --- from score to priority -----------------------------------------------------------------------------------------

NEED_FROM = 30.0
"""N below which there is no need; provisional, to be replaced by quartiles of Twente after ten areas."""
PRIORITY_FROM = 25.0
"""P from which an axis is a priority."""
CONFIDENT_FROM = MEDIUM_CONFIDENCE
"""Z from which we are sure enough to act; below it an axis is first to be found out."""
FIND_OUT_FROM = 50.0
"""N from which an uncertain axis is worth finding out about; also the need from which safety flags and background show."""
MOST_PRIORITIES = 5
TIE_WITHIN = 5.0
"""Axes within this many points of the last priority are shown as equal to it."""
LOW_NEED_AXES = 5
"""Axes that must be known with confidence before 'little going on' may be said."""
SEVERITY_ACUTE = 5
"""Somebody may be in danger now: act first, choose later."""
CONTRADICTING_SEVERITY = 4
"""From this severity a profile without priorities contradicts the question, and is not called quiet."""

STRENGTH: dict[Strength, float] = {Strength.SMALL: 0.8, Strength.MEDIUM: 1.0, Strength.LARGE: 1.2}
"""Narrow on purpose: effect sizes are associations and may steer, not decide. Low certainty counts as 1.0."""
CHANGEABILITY: dict[Changeability, float] = {
    Changeability.WELL: 1.0,
    Changeability.FAIRLY: 0.8,
    Changeability.HARDLY: 0.3,
}
TREND_STEP = 0.1
CONFIDENCE_FLOOR = 0.6
"""Doubt dampens but never erases: hidden things (violence at home, recruiting) always have few observers."""

SAFETY_FLAGS = ("geweld-in-gezin", "wapenbezit", "criminele-aanzuiging", "online-grensoverschrijding")

# --- from priority to score: the most points each criterion can give; together 100 without lvb, which only counts where it plays a part ----------------------------------

WEIGHTS: dict[str, float] = {
    "dekking": 14.5,
    "probleem": 19.0,
    "bewijs": 8.5,
    "ernst": 5.5,
    "niveau": 5.5,
    "op-maat": 2.0,
    "groepsproces": 6.5,
    "zwaarte": 5.5,
    "rol": 0.5,
    "leeftijd": 2.0,
    "plek": 7.0,
    "vorm": 6.5,
    "regie": 8.0,
    "balans": 3.5,
    "capaciteit": 1.0,
    "partners": 0.5,
    "termijn": 1.0,
    "beschikbaar": 3.0,
    "lvb": 5.5,
}
"""Chosen by the search of matcher/tuning.py on the tune half of the expert cases, rounded to half points. Coverage weighs most: a model
programme that does not fit the need does not work (EPISCenter; the Dutch CtC study). What evidence weighs was held fixed by principle:
recognition holds for one target group and outcome and must not drown out that something does not fit, nor be tuned away."""

PENALTIES: dict[str, float] = {
    "te-zwaar": -15.0,
    "te-licht": -10.0,
    "groepseffect": -15.0,
    "averechts": -20.0,
    "te-breed": -15.0,
    "privacy-proxy": -3.0,
    "alleen-met-titel": -5.0,
    "betwist": -5.0,
    "boven-budget": -10.0,
    "alleen-lvb": -15.0,
    "niet-lvb": -15.0,
    "buitenland": -10.0,
}
"""Risk principle (too heavy labels, too light does not reach); Dishion, McCord & Poulin 1999 for groups. What needs a sentence or an order is
decided by a court, not by who asks here. A privacy concern costs little because its weight is in the gate: below a severity it rules out."""

POINT = 1 / 8
"""Points are multiples of this, a power of two, so that the sum of reasons is exact in floating point."""

FOCUS_SHARE = 0.25
"""Part of the coverage points for what share of an intervention's own axes is a priority here: 'does everything' must not always win."""
DERIVED_LINK = 0.6
"""A factor link that is the editors' own estimate counts this much of one that a source states."""

LADDER: tuple[EvidenceLevel, ...] = tuple(EvidenceLevel)
EVIDENCE_VALUE: dict[EvidenceLevel, float] = dict(
    zip(LADDER, (1.0, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.1, 0.0, 0.0), strict=True)
)

RISK_AGES = frozenset(range(11, 18))
"""Ages at which youths with problems reinforce each other in a group of their own (Dishion, McCord & Poulin 1999)."""
EVIDENCE_YEARS = 10
"""A judgement older than this counts one step lower: WSIPP saw a programme go from a 99% to a 41% chance of paying off within years."""

RELEVANT_OUTCOMES: dict[ProblemKind, tuple[Outcome, ...]] = {
    ProblemKind.NUISANCE: (Outcome.SAFETY,),
    ProblemKind.YOUTH_GROUP: (Outcome.OFFENDING, Outcome.SAFETY),
    ProblemKind.PROPERTY: (Outcome.OFFENDING,),
    ProblemKind.VANDALISM: (Outcome.OFFENDING, Outcome.SAFETY),
    ProblemKind.VIOLENCE: (Outcome.OFFENDING,),
    ProblemKind.WEAPONS: (Outcome.OFFENDING, Outcome.SAFETY),
    ProblemKind.DRUGS: (Outcome.SUBSTANCES,),
    ProblemKind.ONLINE: (Outcome.OFFENDING,),
    ProblemKind.ESCALATION: (Outcome.OFFENDING,),
    ProblemKind.EARLY: (Outcome.BEHAVIOUR, Outcome.FAMILY),
    ProblemKind.UNCLEAR: (Outcome.OFFENDING, Outcome.BEHAVIOUR, Outcome.SAFETY),
}
"""Which outcomes say something about the problem asked about. A judgement on 'algemeen' always does."""

ROLE_VALUE: dict[RoleInApproach, float] = {
    RoleInApproach.CORE: 1.0,
    RoleInApproach.ADDITION: 0.4,
    RoleInApproach.PRECONDITION: 0.1,
}
RANK_VALUE = (1.0, 0.7, 0.5)
"""The first, second and third problem asked about."""
NOT_FIRST_PROBLEM = 0.8
"""What a problem counts when the intervention names it, but not as its first or main one."""
PROBLEM_SHARE = 0.3
"""Part of the problem value for how many of the named problems it is meant for; the rest for the best of them."""
SHOWN_PROBLEM = 0.5
"""The intervention is made for a problem that was not named, but that the priorities show (drinking behind nuisance)."""
PROBLEM_AXES: dict[str, ProblemKind] = {
    "groep": ProblemKind.YOUTH_GROUP,
    "vrije-tijd": ProblemKind.NUISANCE,
    "agressie": ProblemKind.VIOLENCE,
    "wapens": ProblemKind.WEAPONS,
    "middelen": ProblemKind.DRUGS,
    "drugsmarkt": ProblemKind.DRUGS,
    "online-delict": ProblemKind.ONLINE,
    "online-conflict": ProblemKind.ONLINE,
    "online-grens": ProblemKind.ONLINE,
    "aanzuiging": ProblemKind.ESCALATION,
    "vroeg-gedrag": ProblemKind.EARLY,
}
"""The problem that an axis, as a priority, shows by itself."""
GENERAL_SUPPORT = 0.3
"""General support (only 'geen-duidelijk') for a problem that is clear."""
UNKNOWN = 0.5
"""What is not known counts half, and is said."""

SEVERITY_NEAR = 0.4
"""One step outside the severities an intervention is meant for."""
TOO_HEAVY_GATE = 2
TOO_LIGHT_GATE = 2
"""Steps outside the meant severities from which an intervention is ruled out."""
TOO_HEAVY_LIMIT_GATE = 1
"""The same for a measure that only limits: subsidiarity, no heavier than needed."""
TOO_LIGHT_SERVICE_GATE = 3
"""The same for a standing service, which may stand beside something heavier."""
LIGHT_SEVERITY = 2
"""Up to this severity treatment, and what is for offenders, must be meant for it: no first shoplifter in family therapy."""
LIGHT_REACTION_SEVERITY = 3
"""From this severity a light hand that also sets a limit, such as a reprimand, must be meant for it: one step short is ruled out. In the
expert cases such records got a mean grade of 0 there, and were half of what was called harmful below the first ten."""
LIGHT_SERVICE_SEVERITY = 4
"""The same for a service: what is there anyway, such as a talk at school, may help a step longer beside something heavier."""
INTENSITY_VALUE: dict[int, dict[Intensity, float]] = {
    1: {Intensity.LIGHT: 1.0, Intensity.MEDIUM: 0.4, Intensity.HEAVY: 0.0},
    2: {Intensity.LIGHT: 1.0, Intensity.MEDIUM: 0.7, Intensity.HEAVY: 0.2},
    3: {Intensity.LIGHT: 0.8, Intensity.MEDIUM: 1.0, Intensity.HEAVY: 0.5},
    4: {Intensity.LIGHT: 0.5, Intensity.MEDIUM: 0.9, Intensity.HEAVY: 1.0},
    5: {Intensity.LIGHT: 0.4, Intensity.MEDIUM: 0.8, Intensity.HEAVY: 1.0},
}
"""How well an intensity suits a severity: the risk principle."""
IN_PROPORTION = 0.7
LEVEL_NEAR: dict[frozenset[str], float] = {
    frozenset({"groep", "netwerk"}): 0.6,
    frozenset({"individueel", "gezin"}): 0.4,
    frozenset({"groep", "wijkbreed"}): 0.4,
    frozenset({"netwerk", "individueel"}): 0.4,
    frozenset({"groep", "individueel"}): 0.4,
}
FORM_FOR_LEVEL: dict[str, dict[Form, float]] = {
    "individueel": {Form.INDIVIDUAL: 1.0, Form.FAMILY: 0.7, Form.GROUP: 0.4, Form.SCHOOL: 0.4, Form.NEIGHBOURHOOD: 0.1},
    "gezin": {Form.INDIVIDUAL: 0.5, Form.FAMILY: 1.0, Form.GROUP: 0.2, Form.SCHOOL: 0.1, Form.NEIGHBOURHOOD: 0.5},
    "groep": {Form.INDIVIDUAL: 0.8, Form.FAMILY: 0.4, Form.GROUP: 1.0, Form.SCHOOL: 0.1, Form.NEIGHBOURHOOD: 0.9},
    "netwerk": {Form.INDIVIDUAL: 0.8, Form.FAMILY: 0.5, Form.GROUP: 1.0, Form.SCHOOL: 0.2, Form.NEIGHBOURHOOD: 0.9},
    "wijkbreed": {Form.INDIVIDUAL: 0.4, Form.FAMILY: 0.2, Form.GROUP: 0.5, Form.SCHOOL: 0.9, Form.NEIGHBOURHOOD: 1.0},
}
"""How well a way of working suits how the problem looks; the best form of an intervention counts."""
FITTING_FORM = 0.8
DIRECTION: dict[str, dict[Kind, float]] = {
    "acuut": {Kind.INTERVENTION: 0.2, Kind.APPROACH: 0.8, Kind.SERVICE: 1.0, Kind.INSTRUMENT: 0.6},
    "individueel": {Kind.INTERVENTION: 0.6, Kind.APPROACH: 0.6, Kind.SERVICE: 1.0, Kind.INSTRUMENT: 0.4},
    "anders": {Kind.INTERVENTION: 0.3, Kind.APPROACH: 1.0, Kind.SERVICE: 0.8, Kind.INSTRUMENT: 0.8},
}
"""A group, network, family or area asks for partners who act together first (seven-step model); single youths for a service or a
programme; danger now for the services that can act at once."""
BALANCE_VALUE: dict[str, dict[Character, float]] = {
    "preventie": {Character.PREVENTIVE: 1.0, Character.BOTH: 0.6, Character.LIMITING: 0.2},
    "gezag": {Character.LIMITING: 1.0, Character.BOTH: 0.6, Character.PREVENTIVE: 0.2},
    "balans": {Character.BOTH: 1.0, Character.LIMITING: 0.6, Character.PREVENTIVE: 0.5},
}
LVB_AXIS = "lvb"
"""Mild intellectual disability: background, never a priority."""
POLICE_AXIS = "delict"
"""Earlier contact with the police."""
VICTIM_AXES = frozenset({"slachtoffer", "gezinsveiligheid"})
"""Axes that show youths who are hurt."""
HOME_AXES = frozenset({"gezinsveiligheid"})
"""Those of them that are about home."""
OFFENCE_AXES = frozenset(
    {
        "agressie",
        "zelfregulatie",
        "moraal",
        "delict",
        "vrienden",
        "groep",
        "aanzuiging",
        "wapens",
        "drugsmarkt",
    }
)
"""Axes that show youths who hurt others or break the law."""
OFFENDER_AXES = frozenset({"moraal", "vrienden", "delict"})
"""Axes of which training is meant for who breaks the law, not for who is hurt."""
VICTIM_PROBLEMS = frozenset({ProblemKind.VIOLENCE, ProblemKind.ONLINE, ProblemKind.EARLY})
"""Problems that may be about youths who are hurt."""
JUDICIAL_SEVERITY = 4
"""Below this severity what is only for offenders waits for signs of offending."""
OTHER_PROBLEM_GROUNDS = 2
"""Priorities that an intervention for a problem nobody named must work on, by a source."""
YOUNGEST_IN_TROUBLE = 8
"""Years from which children do what municipalities ask about, early problem behaviour left out: the age band of 0 to 11 is wide."""
ADULT = 18
"""Years from which parents no longer raise."""
CHILD = 12
"""A programme with parents that starts at this age or sooner is about raising children."""
OLDEST = 27
"""Years beyond this are not youth any more, and do not count in how ages overlap."""
LEAST_AGE_OVERLAP = 1 / 3
"""Share of the narrower of the two age ranges that must overlap."""
ENOUGH_AGE_OVERLAP = 3 / 4
"""Share of the narrower of the two age ranges that must overlap to count as the same age."""
OTHER_AGE = 4.0
"""How many times the points for age are taken off below that. Found on the expert cases (sets A-F): of what stood in the first tens with half
an overlap or less the mean grade was 0.4, of what had more 1.3."""
LEAST_SHARED_YEARS = 2
"""One shared year is no overlap."""
BROAD_SEVERITY = 4
"""From this severity a measure that a source calls too broad is ruled out: it does not reach the few it is about."""
SELECTION_SEVERITY = 3
"""Below this severity singling out persons (with a privacy concern, not purely helping) is out of proportion."""
HEAVY_SELECTION_SEVERITY = 4
"""The same for a heavy judicial hand, such as a 'top' list."""

CAPACITY_VALUE: dict[str, dict[Intensity, float]] = {
    "laag": {Intensity.LIGHT: 1.0, Intensity.MEDIUM: 0.5, Intensity.HEAVY: 0.0},
    "midden": {Intensity.LIGHT: 1.0, Intensity.MEDIUM: 1.0, Intensity.HEAVY: 0.5},
    "hoog": {Intensity.LIGHT: 1.0, Intensity.MEDIUM: 1.0, Intensity.HEAVY: 1.0},
}
BUDGET_LIMIT: dict[str, float] = {"0": 0.0, "1": 25_000.0, "2": 100_000.0}
"""Euros a year behind the answers to question C14; the highest answer has no limit."""
TERM_MONTHS: dict[str, float] = {"direct": 3.0, "halfjaar": 9.0, "jaren": 240.0}
SLOW = 0.3
ELSEWHERE = 0.25

PARTNERS: dict[str, tuple[str, ...]] = {
    "politie": ("politie", "boa"),
    "om": ("OM",),
    "halt": ("Halt",),
    "school": ("school", "leerplicht"),
    "jongerenwerk": ("jongerenwerk", "welzijn"),
    "jeugdzorg": (
        "jeugdhulp",
        "gecertificeerde instelling",
        "jeugdreclassering",
        "jeugd-ggz",
        "wijkteam",
        "verslavingszorg",
    ),
    "ggd": ("GGD", "JGZ"),
    "sport": ("sportvereniging", "sportbond"),
    "woco": ("woningcorporatie",),
    "werk": ("werkgever", "bedrijven"),
    "zorg": ("Zorg- en Veiligheidshuis",),
    "bewoners": ("bewoners", "ouders", "jongeren", "vrijwilligers"),
}
"""Answers to question C13 in the words that records use for partners."""

# --- doubt ----------------------------------------------------------------------------------------------------------

RECALCULATIONS = 200
WEIGHT_SWING = 0.3
"""Weights vary between 70% and 130% of themselves."""
STEADY_AMONG = 3
"""Steadiness counts how often something stands among this many first."""
FIRST_SCREEN = 5
"""So many suggestions are shown first: more at once were hardly followed (LIJ evaluation, 2022)."""
POSSIBLE_ANSWERS = (0.0, 25.0, 50.0, 75.0, 100.0)
"""Points of the five answers; each as likely as the others when nothing is known."""
ANSWERED_CONFIDENCE = 0.6
"""Z of an answer that is tried out."""
NEARLY_EQUAL = 2.0
"""Neighbours that differ by less than this many points share a place."""

# --- words ----------------------------------------------------------------------------------------------------------

GOOD_WITHIN = 10.0
GOOD_COVERAGE = 0.35
POSSIBLE_WITHIN = 20.0
WEAK_BEST = 50.0
"""When even the best stays below this, no single intervention covers the question well."""

# --- package --------------------------------------------------------------------------------------------------------

PACKAGE_SIZE = (3, 5)
CHEAPER_SIZE = (2, 3)
"""Fewest (given up when it cannot be met) and most members; *minder geld* is smaller."""
PACKAGE_WITHIN = 30.0
"""A member may score at most this far below the best."""
ENOUGH_COVERED = 0.5
"""A priority counts as covered from this link value."""

COVER = 100.0
"""Points of a recept in which every priority is fully covered once, shared out by the weight of the priorities."""
SECOND_COVER = 0.25
"""What a second member on the same priority adds, next to the first: a back-up. A third adds nothing."""
TOUCHED = 10.0
"""Points for each priority that anybody works on at all, small or large: every one deserves something (scoring notes par. 4.4)."""
MEMBER_FIT = 1.5
MEMBER_FROM = 5.0
"""Points for every point of score above this far below the best; minus below it. Who fits less must bring what the set lacks."""
FORM = 2.0
"""Points for each way of working (youth, group, family, school, area) that is in the set."""
PAIR = 2.0
"""Points for each two members of which a page says that they combine well. Little, because most pages do not say."""
DOUBLE_WORK = 15.0
"""Points off for a copy of what runs here already; in proportion to the axes that are the same, when a form is shared."""
DOUBLE_SAID = 0.5
"""From this likeness to what runs already it is said."""
DEMAND = 1000.0
"""More than any set can score: what a balanced recept must have comes before every other point."""

CHEAP = 25_000.0
"""*Minder geld* admits nothing that is heavy or known to cost more than this, the lowest answer to C14."""
CHEAPER_INTENSITY: dict[Intensity, float] = {Intensity.LIGHT: 0.0, Intensity.MEDIUM: -8.0, Intensity.HEAVY: -30.0}
CHEAPER_KNOWN = 5.0
CHEAPER_SERVICE = 5.0
"""*Minder geld*: points for how heavy it is, for a cost that is known, and for a service that is there anyway."""
PROVEN_POINTS = 20.0
"""*Meer bewijs*: points for the strongest evidence; less in proportion to EVIDENCE_VALUE."""
RECOGNISED = LADDER[: LADDER.index(EvidenceLevel.WELL_DESCRIBED) + 1]
"""Levels that mean recognition by a committee."""

SHORTLIST = 40
SHORTLIST_EACH = 8
"""Kept for the search: so many of the most promising in all and not heavy, and so many for each priority and each mark."""
STARTS = 3
"""The search starts from nothing and from this many of the most promising."""
