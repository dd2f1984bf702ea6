"""The numbers of the search: what a match is worth, and when a page is too weak to show. Nothing else is in here.

Chosen on tests/kb/zoekvragen.yaml and on the tuned half of tests/cases/zoekvragen-lezer.yaml.
"""

from __future__ import annotations

from kb.postings import Field

FOCUS = 0.6
"""What is added to the link with a factor, as a part of it, when the page is named after it."""
UNKNOWN_WORD = 1.0
"""Rarity of a word that no page has: a question full of such words is not about us."""
STORY, DETAIL = 5, 0.3
"""Telling words from which a query is a story, and what an unknown word in it says: there it is a detail, not the subject."""
COMMON_WORD = 0.06
"""Rarity up to which a word (jongeren) is left aside when the query has better ones."""
PART_OF_COMPOUND = 0.5
"""What 'groep' is worth on a page that says 'jeugdgroep'."""
NAME_EXACT, NAME_BEGINS, NAME_ALIKE, NAME_PHRASE, CONCEPT = 12.0, 6.0, 9.0, 4.0, 1.6
"""Points, on the scale where one rare word gives 3 in the name, 1 in the summary and 0.4 in the running text. Chosen so that
a name always beats a subject, and a subject beats a chance word; set on tests/kb/zoekvragen.yaml."""
NAME_SIMILARITY, LONG_NAME, LONG_NAME_SIMILARITY = 0.79, 10, 0.69
"""Share of letters in place for a whole name to count as misspelt: one slip in five; more in a long name, which has no double."""
DISTANT_NAME = 0.55
"""The same for a name to ask about ('bedoelde u') when it is too unlike to be found."""
WORTH_ASKING = 0.25
"""Score of the best page from which the known part of a question is worth asking about."""
LIKE_NAMES = 5
"""Names a misspelt one may stand for."""
PHRASE_FLOOR = 0.75
"""Part of a synonym (weighed by rarity) that must be typed before it counts."""
COVERAGE_FLOOR = 0.42
"""Part of the query (weighed by rarity) a page must answer: one word of two is enough only if it is in a name or a synonym."""
UNANSWERED = 0.25
"""What is left of the points of a page that answers nothing of the query."""
SAID = 0.9
"""Strength from which a way to say something was said in full, and not by accident."""
TELLING = 0.35
"""Rarity from which one exact name or synonym is reason enough to show a page, whatever else was typed."""
RELATIVE_FLOOR = 0.1
"""Hits with less than this part of the points of the best one are accidents."""
HALF_SCORE = 3.0
"""Points that give a score of one half."""
OUTSIDE_AGE, INSIDE_AGE = 0.4, 1.15
"""What the points are multiplied by when the query names an age."""
ANY_AGE = (-1, 200)
"""The ages of a page that names none."""

NAME = Field("de naam", 3.0, 1.0, most=1.0)
PLACE = Field("de plaats", 2.5, 1.0)
SUMMARY = Field("de samenvatting", 1.0, 0.9)
LABEL = Field("de kenmerken", 0.5, 0.7)
PARTNER = Field("de partners", 0.5, 0.7)
BODY = Field("de tekst", 0.4, 0.65, by_length=True)
FIELDS = (NAME, PLACE, SUMMARY, LABEL, PARTNER, BODY)
