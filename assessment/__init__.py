"""What is going on here: the questionnaire, reading its answers, and a profile with its doubt. Knows nothing of interventions."""

from assessment import disclosure, indicators, profile, scoring, screening
from assessment.cases import read_context, read_profile
from assessment.context import CONTEXT_KEYS, UNKNOWN_LEVEL, Context
from assessment.disclosure import (
    GOOD_RESPONDENTS,
    GOOD_ROLES,
    MIN_FOR_SPREAD,
    MIN_MUNICIPALITIES,
    MIN_PER_ROLE,
    MIN_RESPONDENTS,
    MIN_ROLES,
    MIN_ROLES_FOR_SPREAD,
    MIN_YOUTH,
    WORKING_RESPONDENTS,
    is_shown,
    shown_number,
)
from assessment.forms import ParsedForm, Response, parse
from assessment.group import GroupReading, careful, read_group
from assessment.group import is_asked as is_group_asked
from assessment.indicators import AreaLevel, Indicator, IndicatorValue, load_indicators
from assessment.indicators import is_usable as is_usable_figure
from assessment.indicators import verdict as figure_verdict
from assessment.municipalities import Municipality, municipalities, places
from assessment.municipalities import find as find_municipality
from assessment.municipalities import get as get_municipality
from assessment.profile import (
    HIGH_CONFIDENCE,
    LOW_AGREEMENT,
    MEDIUM_CONFIDENCE,
    UNKNOWN_ROLE,
    FactorScore,
    Profile,
    band,
    confidence_word,
    rounded,
    score_word,
)
from assessment.publication import Difference, RegionScore, Verdict, beside_region, changes, published, region_scores
from assessment.query import QUERY_KEYS, from_query, to_query
from assessment.questionnaire import (
    Answer,
    ContextQuestion,
    GroupSection,
    Item,
    Option,
    QuestionKind,
    Questionnaire,
    QuestionnaireError,
    Scale,
    Section,
    trend_field,
)
from assessment.quick_scan import CONFIDENCE as QUICK_SCAN_CONFIDENCE
from assessment.quick_scan import UNKNOWN_CONFIDENCE as QUICK_SCAN_UNKNOWN
from assessment.quick_scan import quick_scan, to_answers
from assessment.reading import FieldProblem
from assessment.registration import Figure, Imported, LineMessage, import_figures, year_of
from assessment.registration import Wanted as WantedFigures
from assessment.scoring import role_scores, score
from assessment.tables import number

__all__ = [
    "CONTEXT_KEYS",
    "GOOD_RESPONDENTS",
    "GOOD_ROLES",
    "HIGH_CONFIDENCE",
    "LOW_AGREEMENT",
    "MEDIUM_CONFIDENCE",
    "MIN_FOR_SPREAD",
    "MIN_MUNICIPALITIES",
    "MIN_PER_ROLE",
    "MIN_RESPONDENTS",
    "MIN_ROLES",
    "MIN_ROLES_FOR_SPREAD",
    "MIN_YOUTH",
    "QUERY_KEYS",
    "QUICK_SCAN_CONFIDENCE",
    "QUICK_SCAN_UNKNOWN",
    "UNKNOWN_LEVEL",
    "UNKNOWN_ROLE",
    "WORKING_RESPONDENTS",
    "Answer",
    "AreaLevel",
    "Context",
    "ContextQuestion",
    "Difference",
    "FactorScore",
    "FieldProblem",
    "Figure",
    "GroupReading",
    "GroupSection",
    "Imported",
    "Indicator",
    "IndicatorValue",
    "Item",
    "LineMessage",
    "Municipality",
    "Option",
    "ParsedForm",
    "Profile",
    "QuestionKind",
    "Questionnaire",
    "QuestionnaireError",
    "RegionScore",
    "Response",
    "Scale",
    "Section",
    "Verdict",
    "WantedFigures",
    "band",
    "beside_region",
    "careful",
    "changes",
    "confidence_word",
    "disclosure",
    "figure_verdict",
    "find_municipality",
    "from_query",
    "get_municipality",
    "import_figures",
    "indicators",
    "is_group_asked",
    "is_shown",
    "is_usable_figure",
    "load_indicators",
    "municipalities",
    "number",
    "parse",
    "places",
    "profile",
    "published",
    "quick_scan",
    "read_context",
    "read_group",
    "read_profile",
    "region_scores",
    "role_scores",
    "rounded",
    "score",
    "score_word",
    "scoring",
    "screening",
    "shown_number",
    "store",
    "to_answers",
    "to_query",
    "trend_field",
    "year_of",
]
