"""The sentences of the advice, whole: they are what a reader gets. Each with the question and the page that lead to it."""

from __future__ import annotations

from typing import Any

import pytest

from kb import AgeRange, ProblemKind
from matcher.candidate import axes_of, candidate
from matcher.criteria import reasons
from matcher.gates import first_closed
from matcher.priorities import prioritise
from matcher.question import Question, ask
from matcher.wishes import Wishes
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile

FACTORS = cupboard().factors
AXES = axes_of(FACTORS)
Changed = dict[str, Any]
GROUP: Changed = {"problems": (ProblemKind.YOUTH_GROUP,), "level": "groep"}
BOTH: Changed = {"problems": (ProblemKind.VIOLENCE, ProblemKind.DRUGS)}
DRUGS: Changed = {"problems": (ProblemKind.DRUGS,)}


def warns(kind: str) -> Changed:
    return {"aandachtspunten": [{"soort": kind, "tekst": "Volgens een bron."}]}


def meant(**changed: Any) -> Changed:
    return {"indicatie": indication(**changed)}


def asking(asked: Changed, lvb: float = 10) -> Question:
    return ask(context(**asked), prioritise(FACTORS, profile(agressie=80, lvb=lvb)))


# ---- reasons ----------------------------------------------------------------------------------------------------------

REASONS: list[tuple[str, Changed, Changed, list[str]]] = [
    (
        "dekking",
        {},
        {},
        [
            "Werkt aan ‘Agressie en gewelddadig gedrag’, een van uw prioriteiten.",
            "1 van de 1 onderwerpen waaraan het werkt, is bij u een prioriteit.",
        ],
    ),
    (
        "dekking",
        {},
        {"risicofactoren": [{"id": "agressie", "basis": "afgeleid"}, {"id": "wapenbezit", "basis": "expliciet"}]},
        [
            "Werkt aan ‘Agressie en gewelddadig gedrag’, een van uw prioriteiten (eigen inschatting van de redactie).",
            "1 van de 2 onderwerpen waaraan het werkt, is bij u een prioriteit.",
        ],
    ),
    ("probleem", {}, {}, ["Bedoeld voor geweld en bedreiging (inschatting van de redactie)."]),
    (
        "probleem",
        BOTH,
        meant(problemen=["drugs", "geweld"], basis="expliciet"),
        ["Bedoeld voor geweld en bedreiging en drugs gebruiken en verkopen."],
    ),
    (
        "probleem",
        DRUGS,
        {},
        [
            "Niet gemaakt voor het probleem dat u noemt, wel voor iets dat uit uw antwoorden komt: geweld en bedreiging.",
        ],
    ),
    ("probleem", {"problems": ()}, {}, ["Het probleem is nog niet duidelijk; dit telt voor de helft."]),
    ("probleem", {}, meant(problemen=["geen-duidelijk"]), ["Algemene steun, niet speciaal voor dit probleem."]),
    ("probleem", {}, meant(problemen=["wapens", "drugs"]), ["Niet gemaakt voor uw probleem, wel voor wapens."]),
    ("bewijs", {}, {}, ["Bewijs voor delicten: eerste aanwijzingen."]),
    (
        "bewijs",
        {},
        {"bewijs": [evidence(datum="2021-12-08", oordeel_van="Erkenningscommissie")]},
        ["Bewijs voor delicten: eerste aanwijzingen (Erkenningscommissie, 2021)."],
    ),
    (
        "bewijs",
        {},
        {"bewijs": [evidence("middelengebruik", datum="2012-12-08")]},
        [
            (
                "Bewijs voor alcohol en drugs: eerste aanwijzingen (2012). "
                "Dat gaat over iets anders dan uw probleem, dus het telt een trede lager. "
                "Het oordeel is ouder dan tien jaar en telt daarom een trede lager."
            )
        ],
    ),
    (
        "bewijs",
        {},
        {"bewijs": [evidence(), evidence(level="sterke-aanwijzingen")]},
        [
            (
                "Bewijs voor delicten: eerste aanwijzingen. "
                "De oordelen verschillen (eerste aanwijzingen, sterke aanwijzingen); het laagste telt."
            )
        ],
    ),
    ("ernst", {"severity": None}, {}, ["U gaf geen ernst op; dit telt voor de helft."]),
    ("ernst", {}, {}, ["Bedoeld voor ernst 2 tot en met 4; uw 3 past daarbij."]),
    ("ernst", {"severity": 1}, {}, ["Bedoeld voor ernst 2 tot en met 4; uw 1 ligt daar net naast."]),
    (
        "ernst",
        {"severity": 5},
        meant(ernst={"van": 1, "tot": 3}),
        ["Bedoeld voor ernst 1 tot en met 3; uw 5 ligt daar ver van af."],
    ),
    (
        "te-zwaar",
        {"severity": 1},
        {"zwaarte": "zwaar"},
        ["Zware inzet voor een minder ernstig probleem: dat kan meer kwaad dan goed doen."],
    ),
    (
        "te-licht",
        {"severity": 5},
        {"preventieniveau": ["universeel"]},
        ["Te licht als dit de enige stap is; hoogstens naast iets anders."],
    ),
    (
        "niveau",
        {"level": None},
        {},
        ["U weet nog niet of het om een groep of losse jongeren gaat; dit telt voor de helft."],
    ),
    (
        "niveau",
        {"level": "groep"},
        meant(niveau=["groep", "wijkbreed"]),
        ["Bedoeld voor een vaste groep of alle jongeren in de wijk; dat past bij uw vraag."],
    ),
    ("niveau", {"level": "groep"}, {}, ["Bedoeld voor losse jongeren; dat past een beetje bij uw vraag."]),
    ("niveau", {"level": "wijkbreed"}, {}, ["Bedoeld voor losse jongeren; dat past niet bij uw vraag."]),
    ("op-maat", {}, {}, ["Gemaakt voor dit probleem én voor hoe het er bij u uitziet."]),
    (
        "groepsproces",
        GROUP,
        meant(problemen=["jeugdgroep"], hoofdprobleem="jeugdgroep"),
        ["Bij een groep hoort eerst de groep zelf: dit brengt haar in beeld of regelt de aanpak ervan."],
    ),
    (
        "zwaarte",
        {"severity": None},
        {},
        ["Of de zwaarte past, is zonder ernst niet te zeggen; dit telt voor de helft."],
    ),
    ("zwaarte", {}, {"zwaarte": "licht"}, ["Lichte inzet: in verhouding tot ernst 3."]),
    ("zwaarte", {}, {}, ["Middelzware inzet: in verhouding tot ernst 3."]),
    ("zwaarte", {}, {"zwaarte": "zwaar"}, ["Zware inzet: niet goed in verhouding tot ernst 3."]),
    ("rol", {}, {}, ["Kern: kan de aanpak van het probleem dragen."]),
    ("rol", {}, meant(rol_in_aanpak="aanvulling"), ["Aanvulling: alleen naast iets anders."]),
    ("leeftijd", {}, {}, ["Voor 12 tot en met 18 jaar; dat past voor een deel bij uw vraag."]),
    ("leeftijd", {}, {"leeftijd": {"van": 12, "tot": 17}}, ["Voor 12 tot en met 17 jaar; dat past bij uw vraag."]),
    ("leeftijd", {}, {"leeftijd": None}, ["Noemt geen leeftijd; vraag na of het bij uw jongeren past."]),
    ("leeftijd", {"ages": ()}, {}, ["U gaf geen leeftijd op; dit telt voor de helft."]),
    (
        "vorm",
        {"level": None},
        {},
        ["Of de vorm past, is niet te zeggen zolang het niveau niet bekend is; dit telt voor de helft."],
    ),
    ("vorm", {"level": "groep"}, {"vorm": ["school", "wijk"]}, ["Vorm: wijk; dat past bij uw vraag."]),
    ("vorm", {}, {"vorm": ["gezin"]}, ["Vorm: gezin; dat past een beetje bij uw vraag."]),
    ("vorm", {"level": "groep"}, {"vorm": ["gezin"]}, ["Vorm: gezin; dat past niet goed bij uw vraag."]),
    ("regie", {}, {}, ["Een programma voor jongeren, ouders of een klas: een deel van een aanpak."]),
    ("regie", {}, {"soort": "aanpak"}, ["Een aanpak: partners werken samen aan het geheel."]),
    (
        "regie",
        {},
        {"soort": "dienst"},
        ["Een voorziening die er staat: u kunt er mensen en vragen heen brengen."],
    ),
    (
        "regie",
        {},
        {"soort": "instrument"},
        ["Een instrument: het helpt de partners om samen te kijken en te kiezen."],
    ),
    ("balans", {}, {}, ["U heeft geen voorkeur voor preventie of gezag; dit telt voor de helft."]),
    ("balans", {"balance": "preventie"}, {}, ["Preventief: dat is wat u zoekt."]),
    ("balans", {"balance": "balans"}, {}, ["Preventief: dat past half bij wat u zoekt."]),
    ("balans", {"balance": "gezag"}, {}, ["Preventief: dat past minder bij wat u zoekt."]),
    ("plek", {}, {}, ["Waar u de jongeren bereikt, is niet te vergelijken; dit telt voor de helft."]),
    (
        "plek",
        {"settings": ("school",)},
        {"setting": []},
        ["Waar u de jongeren bereikt, is niet te vergelijken; dit telt voor de helft."],
    ),
    (
        "plek",
        {"settings": ("school", "straat")},
        {"setting": ["school", "straat", "werk"]},
        ["Gebeurt waar u de jongeren bereikt: school, straat."],
    ),
    (
        "plek",
        {"settings": ("school",)},
        {"setting": ["werk"]},
        ["Gebeurt niet op een plek waar u zegt de jongeren te bereiken."],
    ),
    ("capaciteit", {}, {}, ["U gaf niet op hoeveel tijd er is; dit telt voor de helft."]),
    ("capaciteit", {"capacity": "midden"}, {}, ["Middelzware inzet: dat past bij de tijd die u heeft."]),
    ("capaciteit", {"capacity": "laag"}, {}, ["Middelzware inzet: dat kan net met de tijd die u heeft."]),
    (
        "capaciteit",
        {"capacity": "laag"},
        {"zwaarte": "zwaar"},
        ["Zware inzet: dat vraagt meer dan de tijd die u heeft."],
    ),
    (
        "partners",
        {"partners": ("politie",)},
        {},
        ["Welke partners nodig zijn of meedoen is niet bekend; dit telt voor de helft."],
    ),
    (
        "partners",
        {"partners": ("politie",)},
        {"partners": ["school", "politie", "GGD", "gemeente"]},
        ["Nog nodig: school, GGD."],
    ),
    ("partners", {"partners": ("politie",)}, {"partners": ["politie"]}, ["De partners die nodig zijn, doen mee."]),
    ("termijn", {}, {}, ["Hoe lang het duurt, is niet bekend of niet gevraagd; dit telt voor de helft."]),
    ("termijn", {"term": "direct"}, {"duur": {"maanden": 2.5}}, ["Duurt ongeveer 2,5 maanden; dat past."]),
    ("termijn", {"term": "direct"}, {"duur": {"maanden": 1}}, ["Duurt ongeveer 1 maand; dat past."]),
    (
        "termijn",
        {"term": "direct"},
        {"duur": {"maanden": 4}},
        ["Duurt ongeveer 4 maanden; dat is langer dan u wilt wachten."],
    ),
    ("beschikbaar", {}, {}, ["Of het bij u te krijgen is, is niet bekend."]),
    ("beschikbaar", {}, {"beschikbaarheid": "landelijk"}, ["Te krijgen in het hele land."]),
    ("beschikbaar", {}, {"beschikbaarheid": "buitenland"}, ["In Nederland is geen aanbod gevonden."]),
    (
        "beschikbaar",
        {"region": "Twente"},
        {"beschikbaarheid": "regionaal", "regio": ["Twente"]},
        ["Te krijgen in uw regio."],
    ),
    (
        "beschikbaar",
        {},
        {"beschikbaarheid": "regionaal", "regio": ["A", "B", "C", "D"]},
        ["Loopt of liep in A, B, C; vraag na of het bij u kan."],
    ),
    (
        "beschikbaar",
        {},
        {"beschikbaarheid": "regionaal"},
        ["Loopt of liep in een andere regio; vraag na of het bij u kan."],
    ),
    (
        "boven-budget",
        {"budget": "1"},
        {"kosten": {"bedrag_eur": 30_000, "per": "jaar"}},
        ["Kost volgens de bron ongeveer 30.000 euro per jaar; dat is meer dan u opgaf."],
    ),
    (
        "alleen-lvb",
        {},
        {"lvb": "alleen"},
        ["Alleen voor jongeren met een licht verstandelijke beperking (lvb); uw antwoorden wijzen daar niet op."],
    ),
    ("averechts", {}, warns("averechts"), ["Kan averechts werken: Volgens een bron."]),
    (
        "groepseffect",
        {},
        {"vorm": ["groep"]},
        ["Brengt jongeren met problemen bij elkaar, zonder ouders of school: zij kunnen elkaar versterken."],
    ),
    (
        "buitenland",
        {},
        {"beschikbaarheid": "buitenland"},
        ["Een voorbeeld uit het buitenland: u zou het hier zelf moeten opzetten."],
    ),
]


@pytest.mark.parametrize(("criterion", "asked", "changed", "said"), REASONS)
def test_a_criterion_says_its_reason_in_a_sentence(
    criterion: str, asked: Changed, changed: Changed, said: list[str]
) -> None:
    found = reasons(asking(asked), candidate(page(**changed), AXES))
    assert [r.text for r in found if r.criterion == criterion] == said


LVB = [
    ("lvb", {"lvb": "ook"}, "Houdt rekening met een licht verstandelijke beperking (lvb)."),
    (
        "niet-lvb",
        {"lvb": "niet"},
        "Niet voor jongeren met een licht verstandelijke beperking (lvb), en die speelt bij u een rol.",
    ),
]


@pytest.mark.parametrize(("criterion", "changed", "said"), LVB)
def test_where_a_disability_plays_a_part_it_is_said_what_helps_and_what_does_not(
    criterion: str, changed: Changed, said: str
) -> None:
    found = reasons(asking({}, lvb=80), candidate(page(**changed), AXES))
    assert [r.text for r in found if r.criterion == criterion] == [said]


def test_both_sides_of_a_priority_that_a_page_names_are_said_with_their_factors() -> None:
    measured = prioritise(FACTORS, profile(prosociale_vrienden=10, antisociale_vrienden=80))
    links: Changed = {
        "risicofactoren": [{"id": "antisociale-vrienden", "basis": "expliciet"}],
        "beschermende_factoren": [{"id": "prosociale-vrienden", "basis": "expliciet"}],
    }
    first, *_ = reasons(ask(context(), measured), candidate(page(**links), AXES))
    assert first.factor_ids == ("antisociale-vrienden", "prosociale-vrienden")
    assert first.text == (
        "Werkt aan ‘Vrienden die delicten plegen’ en ‘Vrienden met een goede invloed’, een van uw prioriteiten."
    )


# ---- gates ------------------------------------------------------------------------------------------------------------

TITLE = {"soort": "alleen-met-titel", "tekst": "Alleen met een straf."}
WEAPONS = {"risicofactoren": [{"id": "wapenbezit", "basis": "expliciet"}]}
NULL = evidence(level="geen-effect", datum="2020-02-01", oordeel_van="WODC")
SELECTS = {"karakter": "beide", **warns("privacy-proxy")}

GATES: list[tuple[str, Changed, Changed, str]] = [
    (
        "schadelijk",
        {},
        {"bewijs": [evidence("school-werk", "schadelijk", datum="2019-05-01", oordeel_van="Campbell")]},
        "Schadelijk voor school en werk: onderzoek laat zien dat het erger werd (Campbell, 2019).",
    ),
    ("geen-effect", {}, {"bewijs": [NULL]}, "Geen effect gevonden op delicten (WODC, 2020)."),
    (
        "geen-effect",
        {},
        {"bewijs": [NULL, evidence()]},
        "Geen effect gevonden op delicten (WODC, 2020). Een ander oordeel is gunstiger; het laagste telt.",
    ),
    ("gestopt", {}, {"beschikbaarheid": "gestopt"}, "Bestaat niet meer."),
    ("geen-grondslag", {}, warns("geen-grondslag"), "Mag niet: Volgens een bron."),
    (
        "geslacht",
        {"gender": "vooral-meisjes"},
        {"geslacht": "jongens"},
        "Alleen voor jongens; bij u gaat het vooral om meisjes.",
    ),
    (
        "situatie",
        {},
        {"situatie": ["vuurwerk", "voetbal"]},
        "Alleen bij iets bijzonders (vuurwerk rond de jaarwisseling of voetbalsupporters); speelt dat bij u? Zeg het dan bij de vragen.",
    ),
    (
        "situatie",
        {"situations": ("geen",)},
        {"situatie": ["vuurwerk"]},
        "Alleen bij iets bijzonders (vuurwerk rond de jaarwisseling); u noemt dat niet.",
    ),
    ("leeftijd", {}, {"leeftijd": {"van": 4, "tot": 8}}, "Voor 4 tot en met 8 jaar; u vraagt een andere leeftijd."),
    (
        "titel",
        {},
        {"setting": ["inrichting"]},
        "Alleen in een inrichting of detentie; daar vraagt u niet naar.",
    ),
    (
        "titel",
        {},
        {"aandachtspunten": [TITLE], "fase": ["repressie"]},
        "Kan alleen met een straf, maatregel of beslissing van een rechter; u noemt politie, Halt of detentie niet.",
    ),
    (
        "titel",
        {"settings": ("politie",)},
        {"aandachtspunten": [TITLE], "fase": ["nazorg"]},
        "Alleen na detentie of een maatregel; u noemt geen inrichting.",
    ),
    (
        "titel",
        {"settings": ("inrichting",)},
        {"soort": "dienst", "aandachtspunten": [TITLE], "setting": ["inrichting"], "fase": ["repressie"]},
        "Dit is detentie: daarover beslist de rechter.",
    ),
    (
        "slachtoffers",
        {"situations": ("uitbuiting",)},
        {"preventieniveau": ["justitieel"]},
        "Een reactie op wie een delict pleegde. Bij uitbuiting zijn jongeren slachtoffer: eerst veiligheid en hulp.",
    ),
    (
        "alleen-bij",
        {},
        {"alleen_bij": ["wapenbezit"]},
        "Alleen zinvol bij iets wat niet uit uw antwoorden blijkt; op de bladzijde staat wat.",
    ),
    (
        "niet-bij",
        {},
        {"niet_bij": ["agressie"]},
        "Niet geschikt bij iets wat uw antwoorden laten zien; op de bladzijde staat wat.",
    ),
    (
        "volwassen",
        {"ages": (AgeRange(van=18, tot=22),)},
        {"vorm": ["gezin"], "leeftijd": {"van": 12, "tot": 23}},
        "Werkt met ouders van kinderen; u vraagt alleen volwassenen.",
    ),
    (
        "alleen-school",
        {"settings": ("thuis",)},
        {"setting": ["school"]},
        "Gebeurt alleen op school; u noemt school niet als plek en niet als partner.",
    ),
    (
        "geen-delict",
        {},
        {"preventieniveau": ["justitieel"]},
        "Alleen voor wie al een delict pleegde; eerder contact met de politie blijkt niet uit uw antwoorden.",
    ),
    (
        "ander-probleem",
        {},
        meant(problemen=["wapens"], hoofdprobleem="wapens"),
        "Gemaakt voor wapens; dat noemt u niet.",
    ),
    (
        "te-zwaar",
        {"severity": None},
        {"zwaarte": "zwaar"},
        "Zware inzet. Die stellen wij niet voor zolang u niet zegt hoe ernstig het is.",
    ),
    (
        "te-zwaar",
        {"severity": 1},
        meant(ernst={"van": 3, "tot": 5}),
        "Te zwaar: bedoeld vanaf ernst 3 (vaste overlast of delicten); u gaf 1.",
    ),
    (
        "te-licht",
        {"severity": 5},
        meant(ernst={"van": 1, "tot": 2}),
        "Te licht: bedoeld tot en met ernst 2 (af en toe incidenten); u gaf 5.",
    ),
    (
        "te-licht",
        {"severity": 4},
        {**meant(ernst={"van": 1, "tot": 3}), "zwaarte": "licht", "karakter": "beide"},
        "Te licht: bedoeld tot en met ernst 3 (vaste overlast of delicten); u gaf 4.",
    ),
    (
        "slachtoffers",
        {"situations": ("uitbuiting",)},
        {"fase": ["repressie"]},
        "Een reactie op wie een delict pleegde. Bij uitbuiting zijn jongeren slachtoffer: eerst veiligheid en hulp.",
    ),
    ("te-breed", {"severity": 4}, warns("te-breed"), "Te breed bij ernst 4: Volgens een bron."),
    ("privacy", {"severity": 2}, SELECTS, "Niet in verhouding bij ernst 2: Volgens een bron."),
    ("privacy", {"severity": None}, SELECTS, "Niet in verhouding zolang u geen ernst opgeeft: Volgens een bron."),
    (
        "groep-niet-geduid",
        {"group_knowledge": "nee"},
        {"vorm": ["groep"]},
        "De partners kennen de groep nog niet. Breng eerst in kaart wat er speelt (stap 2 van het 7-stappenmodel).",
    ),
    (
        "zwaar-begrenzen",
        {},
        {"karakter": "begrenzend", "zwaarte": "zwaar", "risicofactoren": [{"id": "agressie", "basis": "afgeleid"}]},
        (
            "Grijpt zwaar in en begrenst. "
            "Dat stellen wij alleen voor als het volgens een bron werkt aan een van uw prioriteiten."
        ),
    ),
    (
        "past-niet",
        {},
        {**WEAPONS, **meant(problemen=["wapens"])},
        "Werkt aan geen van uw prioriteiten, en is niet bedoeld voor het probleem dat u noemt.",
    ),
    (
        "past-niet",
        {"settings": ("politie",)},
        {**WEAPONS, "aandachtspunten": [TITLE], "fase": ["repressie"]},
        "Een straf of maatregel moet aan een prioriteit werken; deze doet dat niet.",
    ),
]


@pytest.mark.parametrize(("gate", "asked", "changed", "said"), GATES)
def test_a_gate_says_why_it_closes(gate: str, asked: Changed, changed: Changed, said: str) -> None:
    assert first_closed(asking(asked), candidate(page(**changed), AXES)) == (gate, said)


def test_what_is_left_out_is_said_to_be_your_own_choice() -> None:
    question = ask(context(), prioritise(FACTORS, profile(agressie=80)), Wishes(left_out=frozenset({"voorbeeld"})))
    assert first_closed(question, candidate(page(), AXES)) == ("weggelaten", "U heeft deze zelf weggelaten.")


def test_what_is_made_for_another_side_of_the_problem_says_of_which() -> None:
    measured = prioritise(FACTORS, profile(online_grensoverschrijding=80))
    hacking = page(
        risicofactoren=[{"id": "online-risicogedrag", "basis": "expliciet"}], indicatie=indication(problemen=["online"])
    )
    question = ask(context(problems=(ProblemKind.ONLINE,)), measured)
    assert first_closed(question, candidate(hacking, AXES)) == (
        "andere-kant",
        "Gaat over een andere kant van online delicten en geweld dan uw antwoorden laten zien.",
    )
