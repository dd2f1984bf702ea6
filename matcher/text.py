"""In your own words: from a free Dutch description of a local problem to the factors it speaks of, with the words that say so.

Knows ways of saying things, negation and doubt; keeps nothing of what it reads. The user confirms every suggestion, so a
wrong one costs more than a missed one. Set on the half `deel: afstellen` of tests/cases/zinnen.yaml, judged on the other.

What a negation does: a *risk* that is denied (geen drugs, er wordt niet gedeald) is no suggestion. A *protective* factor
that is denied or missed is a signal: it becomes its mirror image if it has one (geen baan → geen werk of dagbesteding),
and else the factor itself, because its shortage is what the user must fill in (geen toekomst → toekomstperspectief).
A way of saying that holds a negation of its own (niet naar school, weinig toezicht) needs it, and any denial will do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from kb import Domain, Factor
from kb.words import PARTICIPLE, SOUNDS_ALIKE, STOP_WORDS, Vocabulary, everyday_names, stem, tokens

MAX_LETTERS = 4000
"""Letters that are read: twice the longest description we expect (eight sentences)."""
MAX_WORD = 40
"""Letters of the longest word that is looked into; longer is no Dutch."""
SHOWN_FROM = 0.5
"""Score from which a factor is suggested: one clear way of saying it, or two vague ones."""
SURE_FROM = 0.8
"""The same for a longer text that names no young people, family, school or neighbourhood: a recipe also holds a knife."""
LONG_TEXT = 5
"""Words that count from which a text should name whom it is about."""
PHRASE, WORD, VAGUE = 0.85, 0.75, 0.3
"""How sure a hit is: several words together; one telling word; one word that may mean something else too (stage, hoop)."""
SHARED = 0.85
"""What is left of a hit on a way of saying that two factors have (grenzen stellen)."""
PART = 0.5
"""What is left of a hit on words that say more as part of a longer hit: 'verslaafd' within 'moeder is verslaafd'."""
TAIL, HEAD = 0.9, 0.7
"""Sureness of a word that is the last (schoolverzuim) or the first part (alcoholmisbruik) of a compound."""
SLIP, FUZZY_LETTERS = 0.85, 7
"""Sureness of a misspelt word, and the letters from which one slip is put right; shorter words have too many neighbours."""
PRESENT = 0.8
"""What is left for a protective factor that is there: worth noting, but after the problems."""
GAP, GAP_REVERSED = 3, 1
"""Words that may stand between the words of one way of saying; fewer for a pair in the other order."""
ALIKE_FROM, ALIKE_FULL, ALIKE = 0.42, 0.62, 0.65
"""Cosine of letter n-grams from which a clause resembles a description, from which that is as sure as it gets, and how sure."""
LONG_SYNONYM = 3
"""Words that count from which a synonym is compared by its letters too."""
ALIKE_WORDS = 2
"""Different words that must carry the resemblance; one word alone is left to the ways of saying."""
CARRIES = 0.15
"""Share of the resemblance from which a word carries it."""

NEGATION = "-"
"""Stands for any denial in a way of saying."""
_DENIES_AHEAD = frozenset("geen zonder nauwelijks amper weinig zelden noch gien gin gebrek tekort nergens".split())
_BEFORE_NOUNS = frozenset("geen zonder weinig gien gin gebrek tekort".split())
"""Of these, the ones that deny the next noun and nothing further: 'zonder ontbijt naar school' is not 'niet naar school'."""
_DENIES_AROUND = frozenset("niet nooit niks niets niemand nie".split())
_DENIALS = _DENIES_AHEAD | _DENIES_AROUND
_NO_DENIAL_BEFORE = frozenset("alleen slechts enkel zomaar meteen normaal".split())
"""'Niet alleen' and 'niet normaal' deny nothing."""
_SCOPE_ENDS = frozenset("maar wel echter toch terwijl want omdat doordat waardoor dus die dat behalve".split())
_ASIDE = frozenset("bij door voor tegen tijdens met sinds tot".split())
"""After these a new thing begins: 'grijpen niet in bij vechten' does not deny the fighting."""
_MISSED = frozenset(
    map(
        stem,
        "ontbreekt ontbreken ontbrak mist missen gemist dicht gesloten wegbezuinigd verdwenen kwijt laag slecht verloren".split(),
    )
)
"""Words that make a protective factor in the same clause a shortage."""
AHEAD, BACK = 5, 3
"""Words a denial reaches."""

_YOUTH = frozenset(
    map(
        stem,
        """jongeren jongere jeugd jeugdige kinderen kind jongens jongen jongetje gasten meisje meiden leerling scholier puber tiener
        jongvolwassene student zoon dochter""".split(),
    )
)
_FAMILY = frozenset(map(stem, "ouders ouder vader moeder broer broers broertje zus stiefvader oom".split()))
"""What is said of them in a clause without young people is not said of young people: 'moeder is verslaafd'."""
_CONTEXT = (
    _YOUTH
    | _FAMILY
    | frozenset(
        map(
            stem,
            """gezin familie thuis wijk buurt straat dorp kern school klas docent politie wijkagent groep groepje bewoners vrienden
            vmbo mbo brugklas plein""".split(),
        )
    )
)
"""Words that say whom or where a description is about."""

_VAGUE_WAYS = """
aanspreken aanwezigheid activiteiten afwijzing ambitie angst baan beheersen begeleider beloning bende bewoners boksen boos buren
buurtbewoners coach cobra communicatie complimenten cultuur diploma doorstroom doorzetten drank drill droom eerlijkheid emoties
erkenning gezag hobby hoop hotspot huiswerk inactief inspraak jim kansen keten koerier koeriers leerplicht meedoen mentor mobiliteit
motivatie muziek opvoeden opvoeding pandjes participatie peers perspectief pillen roken rolmodel samenwerken scheiding slachtoffer
slachtoffers spijt sport stage trots vereniging verjonging voetbal vriendengroep waardering werk wraak zelfstandig
"""
_LEFT_OUT = frozenset(
    ["ouders en drugs", "ouders weten ervan", "op niveau", "samen optrekken", "wijkaanpak", "eigen kracht"]
)
"""Synonyms that in running text mostly mean something else."""

_WAYS = """
impulsiviteit: eerst|eerder doen|doet|handelen denken|nadenken; - nadenken; kicken|kicks|kick; roekeloos; - remmen; - stilzitten; ongeremd; adhd; waaghals; kort lontje
antisociale-houding: schijt aan; lak aan; stoer vinden|vindt; grote|brutale mond; - respect; respectloos; - berouw|spijt; gezag - erkennen|accepteren; trekken|trekt - aan; - van aantrekken; stoerdoenerij
vroeg-probleemgedrag: kinderen|kind|jongetje|jongetjes|broertjes acht|negen|tien|elf|zeven stelen|steelt|vernielen|slopen|gooien|jatten; basisschool stelen|steelt|vechten|slopen|politie|jatten; jonge|kleine kinderen stelen|slopen|vernielen|overlast|vuurtje; steeds jonger; van een jaar of zeven|acht|negen|tien|elf; kleuter slaat|bijt|agressief
agressie: gevochten; vecht; knokpartij; knokken; geslagen|slaan docent|elkaar|hulpverlener|agent; intimideren; intimiderend; uitschelden; schelden; bedreigingen; bedreigt; dreigementen; mishandelen; gewelddadig; vechtpartij; opstootje; rellen; agressief; geweldpleging; straatgeweld; in elkaar geslagen; geweld gebruiken
lvb: verstandelijke|verstandelijk beperking|beperkt; laag|lage iq|intelligentie; moeilijk lerend; niveau begrip laag
psychische-problemen: somber; trauma; depressief; psychische|mentale problemen|klachten; slecht in vel; zelfmoord; suicidaal; snijden|snijdt zich; angstig; getraumatiseerd; eetstoornis; paniekaanvallen; bang en somber; gedragsstoornis; autisme
middelengebruik: blowen; drinken veel|te|jong|indrinken|weekend|zuipkeet; dronken; gebruiken drugs|lachgas|coke|wiet|pillen; aan de drugs; drugsgebruik; zuipen; zuipkeet; indrinken; coke; ketamine; xtc; speed; cannabis; joints; lachgas|lachgasballonnen; vapen; stoned; drinken al op; bier; verslaafd; wietlucht; hasj
slachtofferschap: gepest; bedreigd worden|werden|zijn|voelen; beroofd; lastiggevallen; durven straat|buiten|alleen -; straat - durven; voelen|voelt onveilig; slachtoffer; afgeperst; bang op straat; pesten
geldproblemen: schulden; schuld; openstaande boetes; boetes - betalen; rood staan; gokken; gokverslaving; - geld; achteraf betalen; op krediet|afbetaling; geldzorgen; deurwaarder; snel geld nodig|verdienen; leningen
eerder-politiecontact: aangehouden; al|eerder opgepakt|veroordeeld|gepakt|vastgezeten|aangehouden; bekend|bekenden|bekende politie; halt geweest|gestuurd|straf; strafblad; politiecontacten; recidive; taakstraf; waarschuwing politie; vaker|meermaals politie; weer fout|mis|opgepakt; reclassering; recidivist
zwak-toezicht: ouders|vader|moeder|thuis weten|weet|idee|zicht - waar|wat|hoe; ouders - waar uithangen|uithangt|zijn|is; - grip; - toezicht; - zicht; laat|nacht thuis komen|komt|thuiskomen; ouders - controleren|corrigeren|ingrijpen|thuis; ouders laten los|begaan; - regels thuis; - grenzen stellen; sturen hun kinderen straat; - weten waar zoon|dochter|kind; ouders afwezig; aan lot overgelaten
gezinsconflict: ruzie thuis|ouders|gezin; thuis ruzie|spanning|spanningen|botst; vechtscheiding; scheiding ouders; ouders gescheiden|uit elkaar; weggelopen; lopen|loopt weg; uit huis gezet|gegooid; conflict vader|moeder|ouders|stiefvader
geweld-in-gezin: thuis geslagen|klappen|geweld|mishandeld; huiselijk geweld; vader|moeder|ouders slaat|slaan; moeder|vader|kind geslagen|mishandeld; veilig thuis; gezin geweld|mishandeling; verwaarloosd kind|kinderen|thuis; stiefvader slaat; mishandeling gezin|thuis|kinderen
crimineel-gezin: vader|moeder|broer|broers|ouder|oom vast|gevangenis|veroordeeld|gedetineerd|bajes|crimineel|dealt|detentie; criminele familie|gezin|familieleden; familie vast|crimineel|drugshandel|justitie; van vader op zoon; hele familie politie
ouders-tolerant: ouders|vader|moeder normaal|gewoon|onschuldig vinden|vindt; ouders ontkennen; ouders - waarhebben|erg|probleem vinden; ouders praten|praat goed; ouders bagatelliseren; ouders bier|drank kopen|halen|haalt|geven|schenken; ouders verdedigen; ouders profiteren|weten geld; ouders door vingers; ouders kijken|gedogen weg|het; ouders mild
ouderproblemen: moeder|vader|ouders|ouder verslaafd|verslaving|alcoholist|alcohol|drinkt|drinken|psychisch|psychiatrisch|depressief|ziek|overspannen|overbelast|psychische|lvb; multiprobleemgezin; alleenstaande moeder|ouder|vader; gezin - aan kunnen|kan; gezin verslaving|psychiatrie|stapeling; ouders|moeder|vader - aankunnen|meer aan; problemen opgestapeld gezin|gezinnen
gezinsarmoede: voedselbank; armoede gezin|gezinnen|kinderen|thuis|ouders|opgroeien|leven; gezinnen - rondkomen|rond; - rondkomen; gezin|gezinnen|ouders schulden|bijstand|minimum|uitkering|arm|geldzorgen; - ontbijt; - geld thuis|sportclub|contributie; eindjes aan elkaar; energierekening; arme gezinnen
leerachterstand: taalachterstand; leerachterstand; achterstand taal|school|lezen|rekenen; blijven|blijft zitten; zittenblijven; lage|slechte cijfers; laaggeletterd; afstromen; - lezen kunnen; leerproblemen; taal - machtig|beheersen; slecht leren|presteren school
zwakke-schoolbinding: - zin school; - gemotiveerd school; ongemotiveerd; school zinloos|nutteloos|haten|hekel; - thuis voelen school; school - boeit|interesseert; schorsing; geschorst; van school gestuurd; - gezien voelen school; afgehaakt; schoolmoe
verzuim-schooluitval: - naar school; - op school zitten|zit|komen; spijbelen; spijbelaar; gespijbeld; verzuimen; schoolverzuim; thuiszitters; zitten maanden|weken|jaar thuis; school - afgemaakt|afmaken; - startkwalificatie; voortijdig school; uitvallen|uitval school|opleiding|mbo|vmbo; van school diploma -; schoolverlaters; stoppen|gestopt school|opleiding; leerplichtambtenaar
geen-werk-dagbesteding: - werk; - baan; - opleiding werk; werkloos; werkloosheid; - dagbesteding; - stageplek|stageplaats|stage; hele dag thuis|niks|niets; - uitkering baan|werk; werkeloos; zit|zitten dag gamen; - om bed uit
antisociale-vrienden: foute|verkeerde|slechte|criminele vrienden|jongens|jongs|vriendjes|gasten|kameraden|maten|groep|vriendengroep; meegetrokken; trekken|trekt anderen|elkaar mee; laten zich meeslepen; meeslepen; groepsdruk; slechte|verkeerde invloed; meeloper; vrienden blowen|stelen|politie|delicten; omgang met criminelen; bij de verkeerde groep
jeugdgroep: groep|groepje|groepjes jongens|jongeren|jeugd|gasten|jongs; hanggroep; vaste groep; straatbende; jeugdbende; groep overlast|intimideert|rivaliserende; rivaliserende groepen; kopstukken groep; dezelfde groep|jongens|jongeren; hangjeugd; drillgroep; groepsvorming; leden groep
ongestructureerde-vrije-tijd: hangen|hangt rond|straat|plein|winkelcentrum|portiek|station|maar|park|speeltuin; rondhangen; rondhangende; vervelen|verveelt; verveling; - te doen; hangplek; doelloos; zwerven straat|buiten|dorp; hele avond|dag|dagen straat|buiten; - omhanden; chillen straat|plein|park|schuur; slenteren; lummelen
drugs-beschikbaar: dealer|dealers; dealen; gedeald; drugs verkocht|verkopen|verhandelen|verhandeld|kopen|koop|handel|krijgen|bestellen|bezorgd; drugshandel; drugspand; wiet|coke|pillen|lachgas|xtc verkopen|verkocht|kopen|koop|bestellen; drugsrunners; drugsdeals; makkelijk aan drugs
wapenbezit: mes|messen; steekwapen; steekpartij; steekincident; neergestoken; gestoken; wapen|wapens; vuurwapen; pistool; machete; vlinderbalisong; boksbeugel; gewapend; stekerij; wapenbezit; zwaar vuurwerk|explosief
wijk-wanorde: vernielde|vernield|vernielen|kapotte|kapot bushokje|bushokjes|bankjes|lantaarns|lantaarnpalen|ruiten|speeltuin|verlichting|speeltoestellen|prullenbakken; slopen bankjes|bushokje|bushokjes|speeltuin|prullenbakken; zwerfafval; zwerfvuil; graffiti; vandalisme; vernielingen; verloederd; verloedering; afval|rommel|vuilnis straat|park|plein|buurt|rondom; verwaarloosde buurt|wijk; rommelig; brandstichting|brandjes; bekladden|beklad; onveilige buurt|wijk
wijkarmoede: arme buurt|wijk; achterstandswijk; buurt|wijk armoede|uitkeringen|uitkering|werkloos|achterstand|laag|lage; kwetsbare wijk|buurt; volkswijk; goedkope huurwoningen; slechte woningen|huizen
verhuizingen: verhuizen|verhuist|verhuisd|verhuizing|verhuizingen; andere|nieuwe|wisselende|steeds opvangplek|pleeggezin|pleeggezinnen|school|scholen|adres; - vaste woonplek|verblijfplaats|adres; van opvang naar; wisselen|wisselt school; dakloos; pleeggezin; bankslapen; logeren overal; uit huis geplaatst; opvang noodopvang|crisisopvang
criminele-aanzuiging: ronselen|geronseld; oudere|grote|criminele jongens|criminelen|mannen|jongen klusje|klusjes|pakketjes|geld|meegeven|vragen|gevraagd|lokken; criminelen vragen|gevraagd|benaderen|inzetten|gebruiken|werven; pakketjes wegbrengen|bezorgen|rondbrengen; klusjes criminelen|drugs; uithaler; drugskoerier; koerier drugs; afglijden criminaliteit|criminele; loopjongen; dure auto|auto's|kleren|jassen|horloge|merkkleding; dikke auto; snel geld criminelen|verdienen drugs; ingezet door criminelen; criminele netwerken|circuit|uitbuiting|wereld; doorgroeien; plofkraak; katvangers; ondermijning
normvervaging-wijk: snitch|snitchen|matennaaier; melden|meldt|zeggen|aangifte - buurt|bewoners|durven|mensen; niemand zegt|meldt|grijpt|spreekt iets|ervan|in|aan; - aangifte doen|doet|durven; bewoners kijken|durven weg|wegkijken; gestolen spullen|waar|fietsen verkocht|verkopen|handel; heling; alles mag|kan hier; zwijgcultuur; buurt|wijk|hier normaal|gewoon gevonden|vinden; - aanspreken; ons kent ons
online-risicogedrag: pinpas|bankpas|bankrekening|rekening lenen|uitlenen|afgeven|geven|leent; geldezel; hacken; phishing; phishingmails; oplichting; oplichten; fraude; fraudeplegen; gehackt; nepaccounts; tikkie; marktplaats; whatsappfraude; ddos; bankhelpdesk|helpdeskfraude; neplinks; wachtwoorden stelen; account overnemen
online-conflict: ruzie|ruzies|conflict|beginnen snapchat|online|tiktok|instagram|appgroep|app|groepsapp|internet|telegram|filmpjes; filmpjes vechtpartij|vechtpartijen|vechten|dreigen|uitdagen|gevecht|drill; exposen|geexposed; drillrap|drill; opjutten|opgejut; online bedreigd|bedreigen|pesten|gepest|haat|treiteren; cyberpesten; elkaar uitdagen|dagen filmpjes|online; snapchat bedreigd|bedreigingen|dreigen; filmen gevechten|vechten|mishandeling
online-grensoverschrijding: naaktfoto|naaktfotos|naaktbeelden|naaktbeeld|naaktfilmpje|blootfoto|blootfotos|seksfilmpje|dickpics; sexting; sextortion; gechanteerd|chantage|chanteren foto|fotos|filmpje|beelden|ermee|online; wraakporno; grooming; nudes; bangalijst; online seksueel|seks; webcam uitkleden|uit
sociale-vaardigheden: - luisteren praten|samen; - woorden uiten|zeggen; ruzie praten oplossen|uitpraten; sociaal onhandig|vaardig|zwak; - gesprek voeren; sociale vaardigheden
zelfcontrole: zelfbeheersing; - beheersen|inhouden|bedwingen zich; boosheid - baas; eerst tot tien; emoties regelen|reguleren; ontploffen|ontploft
moreel-besef: - schuldgevoel; - geweten; gewetenloos; - besef goed|fout|gevolgen|slachtoffer; - medelijden; geweten; - inleven|empathie; goed en kwaad
weerbaarheid: - nee zeggen|durven; makkelijk|beinvloedbaar over|te halen|beinvloeden; beinvloedbaar; - weerstand; - weerbaar; makkelijk|makkelijke prooi; ja tegen alles; sterk in schoenen; overhalen
toekomstperspectief: toekomst; perspectief; uitzicht werk|baan|beter|woning; - doel; uitzichtloos; kansloos; hopeloos; - dromen; - plannen toekomst; wat maakt het uit; hoop toekomst; geloven in toekomst
positief-zelfbeeld: zelfvertrouwen; zelfbeeld; onzeker; eigenwaarde; - waard|goed genoeg voelen; minderwaardig; faalangst; nergens goed in; mislukt voelen; trots op zichzelf
ouder-kind-binding: band ouders|vader|moeder|thuis|kind; - praten thuis|ouders; - aandacht ouders|thuis|vader|moeder; - liefde; warm gezin|nest; hecht gezin; ouders betrokken kind|kinderen|zoon
opvoedvaardigheden: ouders weten|weet - hoe aanpakken|opvoeden|moeten; opvoeden|opvoeding; opvoedvaardigheden; ouders handelingsverlegen|machteloos|onmachtig; consequent opvoeden|ouders; ouders duidelijke grenzen|regels
steunend-gezinsnetwerk: gezin - familie|netwerk|hulp|niemand; opa|oma helpt|helpen|vangt|passen|past; familie helpt|steunt|vangt|springt; - vangnet; gezin alleen|eenzaam|geisoleerd; netwerk gezin|ouders|familie; sociaal netwerk
schoolbinding: graag school gaan|gaat; plezier school; thuis voelen school; band docent|leraar|mentor school
schoolsucces: goede cijfers|resultaten; huiswerkbegeleiding; extra hulp school; bijles; diploma halen|haalt|gehaald; passend onderwijs
veilig-schoolklimaat: sfeer school|klas goed|slecht|veilig|onveilig|prettig; sfeer op school; onveilig op school; school - veilig; school veilig; pestprotocol; schoolklimaat; onrustige|onveilige school|klas
werk-of-dagbesteding: bijbaan|bijbaantje; aan het werk; leerwerkplek; werkgevers; leerwerktraject; vast|goed werk; werk gevonden; stageplekken; baantje
prosociale-vrienden: goede|nette|leuke vrienden|vriendengroep|maten|invloed; - vrienden; eenzaam; buitengesloten; erbuiten vallen
zinvolle-vrije-tijd: voetbalclub|sportclub|sportvereniging|voetbalvereniging|boksschool|muziekschool|scouting; buurtsportcoach; sporten; sportaanbod; naschoolse activiteiten; club|vereniging lid; activiteiten jongeren|jeugd
steunende-volwassene: - omkijkt|omkijken; - luistert naar; - volwassene|volwassenen; voorbeeldfiguur|vaderfiguur; rolmodel|rolmodellen; vertrouwenspersoon; jongerenwerker|jongerenwerk contact|vertrouwen|goed|bereikt|kent|actief; trainer|mentor|coach|leraar gelooft|vertrouwt|steunt|helpt|kent; jongerenwerker; - terecht kunnen|kan; - om mee te praten; - kijkt naar om; er alleen voor staan; - jongerenwerk
wijkbinding: buren kennen elkaar; letten elkaars kinderen; sociale cohesie|controle; saamhorigheid; hechte buurt|gemeenschap|dorp; ons kent ons; buurtpreventie|buurtvaders; - kennen elkaar; langs elkaar heen; bewoners zetten|doen in|mee|samen; noaberschap|naoberschap
kansen-tot-meedoen: jongerencentrum|jeugdhonk|buurthuis|jongerenhonk|jop|ontmoetingsplek|soos; - plek jongeren|jeugd; - voorzieningen jongeren|jeugd; - serieus genomen|nemen; - meepraten|inspraak; niks|niets voor jongeren|jeugd; meedenken
duidelijke-normen: duidelijke|zelfde regels|grenzen|lijn; - lijn; - grenzen|regels; ouders school een lijn; tegenspreken
vertrouwen-in-instanties: vertrouwen|wantrouwen politie|instanties|overheid|gemeente|hulpverlening|hulp|school|agenten; wantrouwen; politie - vertrouwen|serieus; oneerlijk behandeld; etnisch profileren; - hulp vragen|durven|zoeken|accepteren; hulp weigeren|mijden|afhouden; zorgmijders; melden - politie
erkenning-waardering: - complimenten|compliment; alleen negatief|negatieve aandacht|nieuws; - waardering; waardering; - goed doen; altijd de schuld; complimenten
digitale-weerbaarheid: ouders - online|internet|telefoon weten|zicht|idee; mediawijsheid; - gevaren online|internet; - bewust online|internet; - risico's internet|online; digitaal weerbaar|vaardig
"""
"""Lay ways of saying per factor: `;` parts them, `|` parts words that may take each other's place, `-` is any denial. All words
of a way must stand near each other. Ours, from how neighbours, teachers and police write; more stand in kb/everyday_words.yaml."""

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?;\n\r]")
_CLAUSE_END = re.compile(r"[.!?;:,()\n\r\"“”]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A factor the text seems to speak of, how sure that is (0-1), and the words that led to it, as typed."""

    factor: Factor
    score: float
    words: tuple[str, ...]


def suggest_factors(text: str, factors: Mapping[str, Factor], limit: int = 8) -> list[Suggestion]:
    """The factors a description speaks of, surest first; none for nonsense or for a text about something else."""
    return _reader(_Taxonomy(factors)).read(text[:MAX_LETTERS], limit)


class _Taxonomy:
    """The factors as a key for the cache: the same objects make the same key. Holding them keeps their ids from being reused."""

    __slots__ = ("_ids", "factors")

    def __init__(self, factors: Mapping[str, Factor]) -> None:
        self.factors = tuple(sorted(factors.values(), key=lambda factor: factor.id))
        self._ids = tuple(map(id, self.factors))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Taxonomy) and self._ids == other._ids


@lru_cache(maxsize=4)
def _reader(taxonomy: _Taxonomy) -> _Reader:
    return _Reader(taxonomy.factors)


class _Way(NamedTuple):
    """One way to say a factor: per place the stems that may stand there."""

    factor_id: str
    places: tuple[frozenset[str], ...]
    weight: float
    adjoining: bool
    """The words must follow each other exactly: 'laten' and 'op' say nothing apart."""

    @property
    def denies(self) -> bool:
        return any(NEGATION in place for place in self.places)


@dataclass(slots=True)
class _Token:
    """A word of the text: where it stands, what it may be with how sure, and whether it is denied."""

    start: int
    end: int
    plain: str
    meanings: dict[str, float]
    denied: bool = False


class _Hit(NamedTuple):
    """What speaks for a factor: how sure, and which words of the text, by their place."""

    factor_id: str
    weight: float
    at: frozenset[int]


# ---- ways of saying ---------------------------------------------------------------------------------------------------


def _lay_ways() -> dict[str, list[str]]:
    """The table of lay ways, per factor."""
    lines = (line.partition(":") for line in _WAYS.strip().splitlines())
    return {factor_id: [way.strip() for way in said.split(";")] for factor_id, _, said in lines}


def _place(slot: str) -> frozenset[str]:
    """The stems that may stand in one place of a lay way."""
    return frozenset(NEGATION if word == NEGATION else stem("".join(tokens(word))) for word in slot.split("|"))


def _lay_way(factor_id: str, said: str) -> _Way:
    places = tuple(_place(slot) for slot in said.split())
    return _Way(factor_id, places, WORD if len(places) == 1 else PHRASE, adjoining=False)


def _way_of(factor_id: str, synonym: str) -> _Way | None:
    """A synonym as a way of saying. Small words do not count, unless too little would be left."""
    words = tokens(synonym)
    telling = [word for word in words if word not in STOP_WORDS or word in _DENIALS]
    bare = [word for word in telling if word not in _DENIALS]
    adjoining = len(words) > len(telling) and len(bare) < 2
    denies = len(bare) < len(telling)
    used = words[words.index(telling[0]) :] if adjoining and denies else words if adjoining else telling
    places = tuple(frozenset([NEGATION if word in _DENIALS else stem(word)]) for word in used)
    vague = len(used) == 1 and stem(used[0]) in _VAGUE_STEMS
    return _Way(factor_id, places, VAGUE if vague else WORD if len(used) == 1 else PHRASE, adjoining)


_VAGUE_STEMS = frozenset(map(stem, _VAGUE_WAYS.split()))


def _ways(factors: Iterable[Factor]) -> list[_Way]:
    """All ways to say each factor; one that two factors have is worth less."""
    lay, everyday = _lay_ways(), everyday_names()
    found: dict[tuple[str, tuple[frozenset[str], ...]], _Way] = {}
    for factor in factors:
        synonyms = (s for s in (*factor.synonyms, *everyday.get(factor.id, ())) if s not in _LEFT_OUT)
        ways = [_way_of(factor.id, synonym) for synonym in synonyms]
        ways += [_lay_way(factor.id, said) for said in lay.get(factor.id, ())]
        for way in ways:
            if way:
                found.setdefault((way.factor_id, way.places), way)
    sharing: dict[tuple[frozenset[str], ...], int] = defaultdict(int)
    for _, places in found:
        sharing[places] += 1
    return [way._replace(weight=way.weight * SHARED) if sharing[way.places] > 1 else way for way in found.values()]


# ---- the text ---------------------------------------------------------------------------------------------------------


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where the parts between punctuation begin and end."""
    bounds = [0, *(place for mark in _CLAUSE_END.finditer(text) for place in mark.span()), len(text)]
    return [(start, end) for start, end in pairwise(bounds) if start < end]


def _active(words: Sequence[str], at: int) -> bool:
    """Is the denial at this place one? Two next to each other cancel out (niet zonder); 'niet alleen' denies nothing."""
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    return after not in _NO_DENIAL_BEFORE and after not in _DENIALS and before not in _DENIALS


def _reach_ahead(words: Sequence[str], at: int) -> Iterator[int]:
    """The places a denial reaches to its right: 'geen drugs of wapens', not 'geen stage en hangen op straat'."""
    for place in range(at + 1, min(at + 1 + AHEAD, len(words))):
        word = words[place]
        if word in _SCOPE_ENDS or (word == "en" and len(words) - place > 2) or (word in _ASIDE and place > at + 1):
            return
        yield place


def _reach_back(words: Sequence[str], at: int) -> Iterator[int]:
    """The places a denial reaches to its left: 'drugs gebruiken ze niet'."""
    for place in range(at - 1, max(-1, at - 1 - BACK), -1):
        if words[place] in _SCOPE_ENDS or words[place] in {"en", "of"}:
            return
        yield place


def _denied(words: Sequence[str]) -> set[int]:
    """The places in a clause that are denied."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in _DENIALS and _active(words, at):
            found.update(_reach_ahead(words, at))
            if word in _DENIES_AROUND:
                found.update(_reach_back(words, at))
    return found


class _Reader:
    """Reads descriptions with one taxonomy. Read-only after it is made."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._factors = {factor.id: factor for factor in factors}
        self._ways = _ways(factors)
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, way in enumerate(self._ways):
            for word in way.places[0]:
                self._with[word].append(number)
        self._vocabulary = Vocabulary(self._all_words(factors))
        self._alike = _Resemblance(factors)

    def _all_words(self, factors: Iterable[Factor]) -> set[str]:
        """Every word that is said about the factors, so that a correct word is not taken for a slip of another."""
        told = (f"{f.name} {f.description} {f.effect or ''} {f.changeability_reason or ''}" for f in factors)
        said = (s for f in factors for s in (*f.synonyms, *everyday_names().get(f.id, ())))
        found = {word for text in (*told, *said) for word in tokens(text)}
        return found | {word for word in tokens(_WAYS.replace("-", " ")) if len(word) > 2}

    # ---- reading ------------------------------------------------------------------------------------------------------

    def read(self, text: str, limit: int) -> list[Suggestion]:
        words = self._tokens(text)
        clauses = self._by_clause(text, words)
        hits = [hit for places in clauses for hit in self._said(words, places)]
        scored = _scores(hits, list(self._alike.hits(words, clauses)))
        floor = SHOWN_FROM if self._about_us(words) else SURE_FROM
        ranked = sorted((-score, factor_id) for factor_id, (score, _) in scored.items() if score >= floor)
        return [self._suggestion(text, words, i, -score, scored[i][1]) for score, i in ranked[: max(0, limit)]]

    def _suggestion(
        self, text: str, words: Sequence[_Token], factor_id: str, score: float, at: Iterable[int]
    ) -> Suggestion:
        typed = dict.fromkeys(text[words[place].start : words[place].end] for place in sorted(at))
        return Suggestion(self._factors[factor_id], score, tuple(typed))

    def _tokens(self, text: str) -> list[_Token]:
        """The words of a text with what each may stand for."""
        found = []
        for match in _WORD.finditer(text):
            if plain := "".join(tokens(match.group())):
                found.append(_Token(match.start(), match.end(), plain, self._meanings(plain)))
        return found

    def _meanings(self, word: str) -> dict[str, float]:
        """A word itself; when unknown, what it is a form, a compound or a slip of."""
        known = self._vocabulary
        if word in _DENIALS:
            return {NEGATION: 1.0, stem(word): 1.0}
        own = stem(word)
        if len(word) > MAX_WORD or word in STOP_WORDS or own in known.stems:
            return {own: 1.0}
        found = {own: 1.0}
        if form := self._participle(word):
            found[form] = PARTICIPLE
        elif parts := known.parts(word):
            found.update({stem(parts[0]): HEAD, stem(parts[-1]): TAIL})
        elif meant := self._meant(word):
            found[stem(meant)] = SLIP
        return found

    def _participle(self, word: str) -> str | None:
        """The verb a participle with ge- belongs to: gespijbeld, gedeald."""
        if word.startswith("ge") and len(word) > 5:
            for bare in (word[2:], word[2:-1]):
                if stem(bare) in self._vocabulary.stems:
                    return stem(bare)
        return None

    def _meant(self, word: str) -> str | None:
        """The known word a misspelt word sounds like or is one slip away from."""
        if len(word) < FUZZY_LETTERS - 1:
            return None
        known = self._vocabulary
        if alike := known.sounding_like(word):
            return alike
        near = [meant for meant, slips in known.nearest(word) if slips == 1 and meant[0] == word[0]]
        return near[0] if near and len(word) >= FUZZY_LETTERS else None

    def _by_clause(self, text: str, words: Sequence[_Token]) -> list[list[int]]:
        """The places of the words per clause; marks on the way what is denied, sentence by sentence."""
        starts = [word.start for word in words]
        found = []
        for start, end in _clauses(text):
            places = list(range(bisect_left(starts, start), bisect_left(starts, end)))
            for place in _denied([words[i].plain for i in places]):
                words[places[place]].denied = True
            if places:
                found.append(places)
        return found

    def _about_us(self, words: Sequence[_Token]) -> bool:
        """Is the text short, or does it name young people or where they live?"""
        telling = [word for word in words if word.plain not in STOP_WORDS]
        return len(telling) < LONG_TEXT or any(_CONTEXT & word.meanings.keys() for word in telling)

    # ---- ways said ----------------------------------------------------------------------------------------------------

    def _said(self, words: Sequence[_Token], places: Sequence[int]) -> Iterator[_Hit]:
        """The ways of saying that stand in a clause."""
        where: dict[str, list[int]] = defaultdict(list)
        for place in places:
            for meaning in words[place].meanings:
                where[meaning].append(place)
        candidates = sorted({number for meaning in where for number in self._with.get(meaning, ())})
        short = any(_MISSED & words[place].meanings.keys() for place in places)
        present = where.keys()
        of_family = bool(_FAMILY & present) and not _YOUTH & present
        for number in candidates:
            way = self._ways[number]
            if (at := _found(way, where, words)) and (
                hit := self._judge(way, at, words, short=short, of_family=of_family)
            ):
                yield hit

    def _judge(
        self, way: _Way, at: tuple[int, ...], words: Sequence[_Token], *, short: bool, of_family: bool
    ) -> _Hit | None:
        """What a way of saying means here, given what is denied."""
        sure = min(
            max(words[place].meanings.get(word, 0.0) for word in stems)
            for place, stems in zip(at, way.places, strict=True)
        )
        factor = self._factors[way.factor_id]
        sure *= PART if factor.domain is Domain.INDIVIDUAL and of_family else 1.0
        denied = not way.denies and any(words[place].denied for place in at)
        if factor.is_risk:
            return None if denied else _Hit(factor.id, way.weight * sure, frozenset(at))
        if way.denies:
            return _Hit(factor.id, way.weight * sure, frozenset(at))
        if denied or short:
            shown = frozenset((*at, *_denial_near(words, at)))
            return _Hit(self._shortage(factor), way.weight * sure, shown)
        return _Hit(factor.id, way.weight * sure * PRESENT, frozenset(at))

    def _shortage(self, factor: Factor) -> str:
        """What a shortage of a protective factor is called: its mirror image if it has one."""
        return factor.counterpart if factor.counterpart in self._factors else factor.id


def _scores(said: Sequence[_Hit], alike: Sequence[_Hit]) -> dict[str, tuple[float, frozenset[int]]]:
    """Per factor how sure, and by which words. Words that are part of a longer way to say another factor count less."""
    by_factor: dict[str, list[_Hit]] = defaultdict(list)
    for hit in (*said, *alike):
        part = any(hit.at < other.at and hit.factor_id != other.factor_id for other in said)
        by_factor[hit.factor_id].append(hit._replace(weight=hit.weight * PART) if part else hit)
    return {factor_id: _together(found) for factor_id, found in by_factor.items()}


def _found(way: _Way, where: Mapping[str, Sequence[int]], words: Sequence[_Token]) -> tuple[int, ...]:
    """The places where a way of saying stands, nearest together; empty when it does not."""
    options = [sorted({place for word in stems for place in where.get(word, ())})[:6] for stems in way.places]
    if not all(options):
        return ()
    fitting = [at for at in product(*options) if _fits(way, at, words)]
    return min(fitting, key=lambda at: (max(at) - min(at), at), default=())


def _fits(way: _Way, at: tuple[int, ...], words: Sequence[_Token]) -> bool:
    """Do words at these places belong together?"""
    ordered = sorted(at)
    in_order = ordered == list(at)
    gap = 0 if way.adjoining else GAP if in_order or len(at) > 2 else GAP_REVERSED
    if len(set(at)) < len(at) or ordered[-1] - ordered[0] >= len(at) + gap or (way.adjoining and not in_order):
        return False
    return all(_denial_fits(words, place, following) for place, following in pairwise(ordered))


def _denial_fits(words: Sequence[_Token], place: int, following: int) -> bool:
    """Between 'geen' and what it denies stand small words only."""
    if words[place].plain not in _BEFORE_NOUNS:
        return True
    return all(words[between].plain in STOP_WORDS for between in range(place + 1, following))


def _denial_near(words: Sequence[_Token], at: Sequence[int]) -> Iterator[int]:
    """The denial that reaches these words, to show it with them."""
    for place in range(max(0, min(at) - AHEAD), min(len(words), max(at) + BACK + 1)):
        if words[place].plain in _DENIALS:
            yield place
            return


def _together(hits: Iterable[_Hit]) -> tuple[float, frozenset[int]]:
    """One score from several hits, as 1 - (1-a)(1-b); a hit on words already counted adds nothing."""
    doubt, used = 1.0, frozenset[int]()
    for hit in sorted(hits, key=lambda hit: (-hit.weight, sorted(hit.at))):
        if not hit.at <= used:
            doubt *= 1 - hit.weight
            used |= hit.at
    return round(1 - doubt, 4), used


# ---- resemblance ------------------------------------------------------------------------------------------------------


class _Resemblance:
    """Clauses that look like the name, the description or a long synonym of a factor, by their letters (TF-IDF of 3-5).

    The n-grams stay within words, so a clause is the sum of its words, and the part each word adds is the explanation.
    """

    def __init__(self, factors: Sequence[Factor]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # no types; slow import
        from sklearn.preprocessing import normalize  # type: ignore[import-untyped]  # the same

        told = [(factor, tokens(text)) for factor in factors for text in _texts(factor)]
        self._factors = [factor for factor, _ in told]
        self._denies = [not _DENIALS.isdisjoint(said) for _, said in told]
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), norm=None)
        self._told: Any = (
            normalize(self._vectorizer.fit_transform(" ".join(said) for _, said in told)).T.tocsr() if told else None
        )

    def hits(self, words: Sequence[_Token], clauses: Sequence[Sequence[int]]) -> Iterator[_Hit]:
        """Only clauses and descriptions that both deny, or both do not, are compared: letters cannot see a denial."""
        if self._told is None or not words:
            return
        vectors = self._vectorizer.transform([word.plain[:MAX_WORD] for word in words])
        parts = (vectors @ self._told).toarray()
        for places in clauses:
            whole = vectors[places].sum(axis=0)
            dots = parts[places].sum(axis=0)
            least = ALIKE_FROM * float((whole @ whole.T).item()) ** 0.5
            denies = any(words[place].plain in _DENIALS for place in places)
            for told in (dots >= max(least, 1e-9)).nonzero()[0]:
                carrying = _carrying(words, places, parts[places, told])
                if self._denies[told] == denies and len(carrying) >= ALIKE_WORDS:
                    present = 1.0 if self._factors[told].is_risk else PRESENT
                    sure = ALIKE * min(1.0, dots[told] * ALIKE_FROM / least / ALIKE_FULL)
                    yield _Hit(self._factors[told].id, float(sure) * present, carrying)


def _texts(factor: Factor) -> tuple[str, ...]:
    """What a clause may resemble. Short synonyms are ways of saying, and would resemble too much."""
    long = (synonym for synonym in factor.synonyms if len(set(tokens(synonym)) - STOP_WORDS) >= LONG_SYNONYM)
    return (factor.name, factor.description, *long)


def _carrying(words: Sequence[_Token], places: Sequence[int], parts: Any) -> frozenset[int]:
    """The words that carry a resemblance."""
    least = CARRIES * float(parts.sum())
    return frozenset(
        place
        for place, part in zip(places, parts, strict=True)
        if part >= least and words[place].plain not in STOP_WORDS
    )
