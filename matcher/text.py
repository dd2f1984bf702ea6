"""In your own words: from a free Dutch description of a local problem to the factors it speaks of, with the words that say so.

Knows ways of saying things, negation and doubt; keeps nothing of what it reads. The user confirms every suggestion, so a
wrong one costs more than a missed one. All numbers are reasoned, then set on the half `deel: afstellen` of
tests/cases/zinnen.yaml and on loose sentences of our own; the other half only judges.

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

from kb import PARTICIPLE, STOP_WORDS, Domain, Factor, Vocabulary, everyday_names, stem, tokens

MAX_LETTERS = 4000
"""Letters that are read: twice the longest description we expect (eight sentences)."""
MAX_WORD = 40
"""Letters of the longest word that is looked into; longer is no Dutch."""
SHOWN_FROM = 0.5
"""Score from which a factor is suggested: one clear way of saying it, or two vague ones."""
SURE_FROM = 0.8
"""The same for a longer text that names no young people, family, school or neighbourhood: a recipe also holds a knife."""
LONG_TEXT, DENSE = 4, 0.5
"""Words that count from which a text should name whom it is about, unless this share of them speaks of a factor."""
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
LONG_SYNONYM = 4
"""Words that count from which a synonym is compared by its letters too."""
ALIKE_WORDS = 2
"""Different words that must carry the resemblance; one word alone is left to the ways of saying."""
CARRIES = 0.15
"""Share of the resemblance from which a word carries it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


NEGATION = "-"
"""Stands for any denial in a way of saying."""
_DENIES_AHEAD = _words("geen zonder weinig noch gien gin gebrek tekort")
_DENIES_AROUND = _words("niet nooit niks niets niemand nie nauwelijks amper zelden nergens")
_DENIALS = _DENIES_AHEAD | _DENIES_AROUND
_BEFORE_NOUNS = _words("geen zonder weinig gien gin gebrek tekort")
"""Of these, the ones that deny the next noun and nothing further: 'zonder ontbijt naar school' is not 'niet naar school'."""
_NO_DENIAL_BEFORE = _words("alleen slechts enkel zomaar meteen normaal")
"""'Niet alleen' and 'niet normaal' deny nothing."""
_DENIES_ALL = _words("sprake rol aanwijzingen aanwijzing signalen")
"""'Geen sprake van' denies the whole clause, wherever it stands."""
_OVER = _words("opgelost verdwenen afgenomen gedaald voorbij")
"""What is over is denied too, unless that is denied: 'niet opgelost'."""
_FREE_OF = ("vrij", "preventie", "beleid", "voorlichting")
"""Ends of compounds that speak of the opposite or of what is done about it: drugsvrij, alcoholpreventie."""
_SCOPE_ENDS = _words("maar wel echter toch terwijl want omdat doordat waardoor dus die dat behalve")
_REPORTED = _words("gezien gehoord gemerkt gebleken meegemaakt zo")
"""A denial goes on after these: 'nooit gezien dat er gevochten wordt'."""
_LIGHT = STOP_WORDS | _words("zien ziet komen komt merken merkt gebruiken gebruikt spelen speelt")
"""Words that do not count when we measure how far a denial reaches."""
_JOINS = _words("en of")
_ASIDE = _words("bij door voor tegen tijdens met sinds tot")
"""After these a new thing begins: 'grijpen niet in bij vechten' does not deny the fighting."""
AHEAD, BACK, LISTED, LIST_LETTERS = 3, 2, 4, 80
"""Words that count a denial reaches ahead and back, words of an item in a list after a comma, and
letters within which such a list must show its 'of'."""
SHOWN_WITHIN = 4
"""Words within which the denial is looked for that is shown with a shortage."""
_MISSED = _stems(
    "ontbreekt ontbreken ontbrak mist missen gemist dicht gesloten wegbezuinigd verdwenen laag slecht verloren"
)
"""Words that make a protective factor in the same clause a shortage."""

_YOUTH = _stems("""
jongeren jongere jeugd jeugdige kinderen kind jongens jongen jongetje gasten meisje meiden leerling scholier puber tiener
jongvolwassene student zoon dochter
""")
_FAMILY = _stems("ouders ouder vader moeder broer broers broertje zus stiefvader")
"""What is said of them in a clause without young people is not said of young people: 'moeder is verslaafd'."""
_PLACES = _stems("""
gezin familie thuis wijk buurt straat dorp kern school klas docent politie wijkagent groep groepje bewoners vrienden vmbo mbo
brugklas plein
""")
_CONTEXT = _YOUTH | _FAMILY | _PLACES
"""Words that say whom or where a description is about."""

_VAGUE = _stems("""
aanspreken aanwezigheid activiteiten afwijzing ambitie angst baan beheersen begeleider beloning bende bewoners boksen boos buren
buurtbewoners coach cobra communicatie complimenten cultuur diploma doorstroom doorzetten drank drill droom eerlijkheid emoties
erkenning gezag hobby hoop hotspot huiswerk inactief inspraak jim kansen keten koerier koeriers leerplicht meedoen mentor mobiliteit
motivatie muziek opvoeden opvoeding pandjes participatie peers perspectief pillen roken rolmodel samenwerken scheiding slachtoffer
slachtoffers spijt sport stage trots vereniging verjonging voetbal vriendengroep waardering werk wraak zelfstandig
""")
"""Words of the taxonomy that in running text often mean something else."""
_LEFT_OUT = frozenset(
    ["ouders en drugs", "ouders weten ervan", "op niveau", "samen optrekken", "wijkaanpak", "eigen kracht"]
)
"""Synonyms that in running text mostly mean something else."""

_WAYS = """
impulsiviteit: eerst|eerder doen|doet|handelen denken|nadenken; - nadenken; kicken|kicks|kick; roekeloos; - remmen; - stilzitten; ongeremd; adhd; waaghals; kort lontje; in een opwelling; - nadenken|na denken; zoeken|zoekt spanning|kick|kicks|sensatie|risico; gevaarlijk|waaghalzerig stunten|rijden; ondoordacht; druk en onrustig
antisociale-houding: schijt aan; lak aan; stoer vinden|vindt; grote|brutale mond; - respect; respectloos; - berouw|spijt; gezag - erkennen|accepteren; trekken|trekt - aan; - van aantrekken; stoerdoenerij; regels gelden - voor; vinden stelen|vechten|geweld|dealen normaal|stoer|gewoon|grappig; opscheppen delicten|straf|geflikt; trots op strafblad|delicten|straf; - gevolgen interesseren; maling aan; tegen gezag|regels; stelen normaal|stoer; politie moet hem|hen|ons hebben; schuld bij anderen leggen|ligt
vroeg-probleemgedrag: kinderen|kind|jongetje|jongetjes|broertjes acht|negen|tien|elf|zeven stelen|steelt|vernielen|slopen|gooien|jatten; basisschool stelen|steelt|vechten|slopen|politie|jatten; jonge|kleine kinderen stelen|slopen|vernielen|overlast|vuurtje; steeds jonger; van een jaar of zeven|acht|negen|tien|elf; kleuter slaat|bijt|agressief; kinderen onder twaalf|12; basisschool stelen|vechten|vernielen|dreigen; kinderen basisschoolleeftijd; groep zeven|acht|7|8 politie|stelen|vechten; jonge kinderen politie; kleine kinderen politie|jatten|stelen; basisschool kinderen stelen|vechten|vernielen; kleuters|basisscholieren stelen|vechten|agressief|overlast|politie
agressie: gevochten; vecht; knokpartij; knokken; geslagen|slaan docent|elkaar|hulpverlener|agent; intimideren; intimiderend; uitschelden; schelden; bedreigingen; bedreigt; dreigementen; mishandelen; gewelddadig; vechtpartij; opstootje; rellen; agressief; geweldpleging; straatgeweld; in elkaar geslagen; geweld gebruiken; slaan|slaat erop; handen los; agressiever; gescholden; geduwd; hulpverleners bedreigd|belaagd; geweldsdelicten; mishandeld straat|school|jongen; geslagen
lvb: verstandelijke|verstandelijk beperking|beperkt; laag|lage iq|intelligentie; moeilijk lerend; niveau begrip laag; snappen|snapt|begrijpen|overzien gevolgen -; - overzien gevolgen; beperkt verstandelijk
psychische-problemen: somber; trauma; depressief; psychische|mentale problemen|klachten; slecht in vel; zelfmoord; suicidaal; snijden|snijdt zich; angstig; getraumatiseerd; eetstoornis; paniekaanvallen; bang en somber; gedragsstoornis; autisme; depressie; depressieve; angsten; angstklachten; burnout; wachtlijst hulp|ggz; mentaal gezondheid|zwaar|welzijn; zelfbeschadiging
middelengebruik: blowen; drinken veel|te|jong|indrinken|weekend|zuipkeet; dronken; gebruiken drugs|lachgas|coke|wiet|pillen; aan de drugs; drugsgebruik; zuipen; zuipkeet; indrinken; coke; ketamine; xtc; speed; cannabis; joints; lachgas|lachgasballonnen; vapen; stoned; drinken al op; bier; verslaafd; wietlucht; hasj; gedronken veel|feestjes|alcohol; roken wiet|hasj|joints|jointje|vapes; drugs gebruikt|gebruik|slikken|snuiven; blowende; beschonken; alcoholgebruik; drankgebruik; drugsverslaving; snuiven|snuift; pilletjes; dronken jeugd; drinken
slachtofferschap: gepest; bedreigd worden|werden|zijn|voelen; beroofd; lastiggevallen; durven straat|buiten|alleen -; straat - durven; voelen|voelt onveilig; slachtoffer; afgeperst; bang op straat; pesten; - veilig straat|voelen|buiten; onveilig straat|voelen; pesten; gepeste; slachtoffer van; in elkaar geslagen; bestolen
geldproblemen: schulden; schuld; openstaande boetes; boetes - betalen; rood staan; gokken; gokverslaving; - geld; achteraf betalen; op krediet|afbetaling; geldzorgen; deurwaarder; snel geld nodig|verdienen; leningen; betalingsachterstand; betalingsachterstanden; lenen geld|elkaar; in rood; boete|boetes hoog|open|stapelen; jongeren financieel|financiele; minimaal inkomen jongeren; gokschuld; gokken
eerder-politiecontact: aangehouden; al|eerder opgepakt|veroordeeld|gepakt|vastgezeten|aangehouden; bekend|bekenden|bekende politie; halt geweest|gestuurd|straf; strafblad; politiecontacten; recidive; taakstraf; waarschuwing politie; vaker|meermaals politie; weer fout|mis|opgepakt; reclassering; recidivist; aanraking politie|justitie; meerdere keren justitie|politie|gepakt|opgepakt|aangehouden; opnieuw fout|gepakt|opgepakt; detentie|gevangenis vrij|terug|verleden; politie bekenden|kent hen|kent ze; meerdere|eerdere antecedenten|delicten|veroordelingen|aanhoudingen; proces verbaal; valt in herhaling; justitieel verleden
zwak-toezicht: ouders|vader|moeder|thuis weten|weet|idee|zicht - waar|wat|hoe; ouders - waar uithangen|uithangt|zijn|is; - grip; - toezicht; - zicht; laat|nacht thuis komen|komt|thuiskomen; ouders - controleren|corrigeren|ingrijpen|thuis; ouders laten los|begaan; - regels thuis; - grenzen stellen; sturen hun kinderen straat; - weten waar zoon|dochter|kind; ouders afwezig; aan lot overgelaten; thuis - van gezegd|gecontroleerd|gecorrigeerd; kinderen laat|avond|nacht buiten|straat lopen|zwerven; - in de gaten ouders|thuis; ouders kijken - om; ouders|thuis - idee; mogen alles thuis; ouders werken avond|nacht; aan hun lot; ouders corrigeren -; geen ouder thuis; - controle thuis|ouders; thuis - controle
gezinsconflict: ruzie thuis|ouders|gezin; thuis ruzie|spanning|spanningen|botst; vechtscheiding; scheiding ouders; ouders gescheiden|uit elkaar; weggelopen; lopen|loopt weg; uit huis gezet|gegooid; conflict vader|moeder|ouders|stiefvader; gescheiden ouders; ruzie stiefvader|vader|moeder|gezinnen; thuis gaat het - goed; thuis spanningen; vijandig|kil gezin|thuis; knallende ruzie
geweld-in-gezin: thuis geslagen|klappen|geweld|mishandeld; huiselijk geweld; vader|moeder|ouders slaat|slaan; moeder|vader|kind geslagen|mishandeld; veilig thuis; gezin geweld|mishandeling; verwaarloosd kind|kinderen|thuis; stiefvader slaat; mishandeling gezin|thuis|kinderen; thuis mishandeling|mishandeld|klappen|misbruikt; kinderen|kind mishandeld|verwaarloosd; meldingen veilig thuis; getuige geweld ouders|thuis|gezin; partnergeweld
crimineel-gezin: vader|moeder|broer|broers|ouder vast|gevangenis|veroordeeld|gedetineerd|bajes|crimineel|dealt|detentie; criminele familie|gezin|familieleden; familie vast|crimineel|drugshandel|justitie; van vader op zoon; hele familie politie; families gevangenis|crimineel|criminaliteit|drugs|bekend; ouders crimineel|drugs verkopen|stelen|hennep|dealen; criminele ouders|vader|moeder|broer|broers|families; gezin bekend politie|justitie; broer|neef dealer
ouders-tolerant: ouders|vader|moeder normaal|gewoon|onschuldig vinden|vindt; ouders ontkennen; ouders - waarhebben|erg|probleem vinden; ouders praten|praat goed; ouders bagatelliseren; ouders bier|drank kopen|halen|haalt|geven|schenken; ouders verdedigen; ouders profiteren|weten geld; ouders door vingers; ouders kijken|gedogen weg|het; ouders mild; ouders|vader|moeder prima|best|okay|schouders|wegwuiven|lachen; ouders - schande|kwaad; ouders staan achter gedrag|toe; ouders kopen drank|alcohol|vuurwerk; ouders schenken; ouders geven drank|alcohol|bier; nemen het op voor hun kind|zoon; ouders leggen de schuld
ouderproblemen: moeder|vader|ouders|ouder verslaafd|verslaving|alcoholist|alcohol|drinkt|drinken|psychisch|psychiatrisch|depressief|ziek|overspannen|overbelast|psychische|lvb; multiprobleemgezin; alleenstaande moeder|ouder|vader; gezin - aan kunnen|kan; gezin verslaving|psychiatrie|stapeling; ouders|moeder|vader - aankunnen|meer aan; problemen opgestapeld gezin|gezinnen; ouders zelf verslaafd|problemen|ziek|psychische|schulden; ouders psychische|eigen problemen; gezinnen meerdere|veel|stapeling problemen; ouders overbelast|overspannen|uitgeput|burnout; zieke moeder|vader|ouder; multiprobleemgezinnen; meervoudige problematiek
gezinsarmoede: voedselbank; armoede gezin|gezinnen|kinderen|thuis|ouders|opgroeien|leven; gezinnen - rondkomen|rond; - rondkomen; gezin|gezinnen|ouders schulden|bijstand|minimum|uitkering|arm|geldzorgen; - ontbijt; - geld thuis|sportclub|contributie; eindjes aan elkaar; energierekening; arme gezinnen; moeite rond te komen; rond komen moeite|-; armoede; gezinnen weinig geld|inkomen; kinderen arm|armoede; - betalen contributie|sport|schoolreis|boodschappen; schulden gezinnen|ouders|thuis; huurachterstand; honger|hongerig school|kinderen
leerachterstand: taalachterstand; leerachterstand; achterstand taal|school|lezen|rekenen; blijven|blijft zitten; zittenblijven; lage|slechte cijfers; laaggeletterd; afstromen; - lezen kunnen; leerproblemen; taal - machtig|beheersen; slecht leren|presteren school; lopen|loopt achter school|klas|lezen|taal|rekenen; slecht lezen|rekenen|nederlands; doubleren|doublures; onder niveau; zakken examen|examens; taalniveau; zitten blijven; laag taalniveau|onderwijsniveau; moeite lezen|leren|taal; achterstanden
zwakke-schoolbinding: - zin school; - gemotiveerd school; ongemotiveerd; school zinloos|nutteloos|haten|hekel; - thuis voelen school; school - boeit|interesseert; schorsing; geschorst; van school gestuurd; - gezien voelen school; afgehaakt; schoolmoe; hekel school; haten|haat school; school stom|saai|niks; - interesse school|lessen|les; - motivatie school|leren; zien nut - school; weggestuurd|verwijderd les|school; ruzie met docenten; gestuurd uit klas|les
verzuim-schooluitval: - naar school; - op school zitten|zit|komen; spijbelen; spijbelaar; gespijbeld; verzuimen; schoolverzuim; thuiszitters; zitten maanden|weken|jaar thuis; school - afgemaakt|afmaken; - startkwalificatie; voortijdig school; uitvallen|uitval school|opleiding|mbo|vmbo; van school diploma -; schoolverlaters; stoppen|gestopt school|opleiding; leerplichtambtenaar; - opdagen; - komen|komt|verschijnen les|lessen|school; verlaten school; zonder diploma; school verlaten; voortijdig; drop-out; afwezig school|lessen|les; absentie; wegblijven|blijven weg school|les; verzuim; ziekmeldingen; ongeoorloofd; thuiszitter
geen-werk-dagbesteding: - werk; - baan; - opleiding werk; werkloos; werkloosheid; - dagbesteding; - stageplek|stageplaats|stage; hele dag thuis|niks|niets; - uitkering baan|werk; werkeloos; zit|zitten dag gamen; - om bed uit; niets|niks om handen; hele dag op bed|bank; - structuur dag; - bezigheid|bezigheden; zitten zonder werk|baan; - te doen overdag; lanterfanten; zonder bezigheden; jeugdwerkloosheid
antisociale-vrienden: foute|verkeerde|slechte|criminele vrienden|jongens|jongs|vriendjes|gasten|kameraden|maten|groep|vriendengroep; meegetrokken; trekken|trekt anderen|elkaar mee; laten zich meeslepen; meeslepen; groepsdruk; slechte|verkeerde invloed; meeloper; vrienden blowen|stelen|politie|delicten; omgang met criminelen; bij de verkeerde groep; gaan|gaat|trekken|trekt om|op jongens|vrienden|mensen stelen|crimineel|criminele|verkeerde|dealen|foute; laten|laat meeslepen|overhalen|meetrekken; onder invloed vrienden|groep; druk van vrienden|groep; negatieve invloed|vrienden|groep; fout|foute gezelschap; vrienden crimineel|verkeerd|spijbelen|drugs; aanzetten|zetten aan vrienden|elkaar|anderen; opgestookt vrienden|groep; meelopen met
jeugdgroep: groep|groepje|groepjes jongens|jongeren|jeugd|gasten|jongs; hanggroep; vaste groep; straatbende; jeugdbende; groep overlast|intimideert|rivaliserende; rivaliserende groepen; kopstukken groep; dezelfde groep|jongens|jongeren; hangjeugd; drillgroep; groepsvorming; leden groep; bende; groep overlast|terroriseert|lastig|onrust|samen; overlastgevende groep|jongeren|groepen; criminele groep; jeugdgroepen; groepen jongeren|tegen; kliek; netwerk jongeren|jongens; groep scholieren|pubers|tieners; straatbendes; samenscholen|samenscholing
ongestructureerde-vrije-tijd: hangen|hangt rond|straat|plein|winkelcentrum|portiek|station|maar|park|speeltuin; rondhangen; rondhangende; vervelen|verveelt; verveling; - te doen; hangplek; doelloos; zwerven straat|buiten|dorp; hele avond|dag|dagen straat|buiten; - omhanden; chillen straat|plein|park|schuur; slenteren; lummelen; hangplekken; hangen avonds|avond|buiten|samen; - bezigheden; rondlopen|rondlopende doelloos|jongeren; doden tijd; tijd doden; plein|pleintje|hangende|speelplein rondhangen|hangen|hang; rijden rondjes|rond auto|scooter; - omhanden|aanbod
drugs-beschikbaar: dealer|dealers; dealen; gedeald; drugs verkocht|verkopen|verhandelen|verhandeld|kopen|koop|handel|krijgen|bestellen|bezorgd; drugshandel; drugspand; wiet|coke|pillen|lachgas|xtc verkopen|verkocht|kopen|koop|bestellen; drugsrunners; drugsdeals; makkelijk aan drugs; gedeald; dealt; drugsdealers; drugs makkelijk|overal|openlijk; verkoop drugs|wiet|coke|lachgas; gehandeld drugs; dealplek; thuisdealers; drugsverkoop; drugslab; aan pillen komen
wapenbezit: mes|messen; steekwapen; steekpartij; steekincident; neergestoken; gestoken; wapen|wapens; vuurwapen; pistool; machete; vlinderbalisong; boksbeugel; gewapend; stekerij; wapenbezit; zwaar vuurwerk|explosief; messen mee|dragen|school; steekwapens; wapendracht; bewapend; neersteken; schietpartij; schietincident; geschoten; cobra|cobras; explosieven; nepvuurwapen|nepwapen; mesje
wijk-wanorde: vernielde|vernield|vernielen|kapotte|kapot bushokje|bushokjes|bankjes|lantaarns|lantaarnpalen|ruiten|speeltuin|verlichting|speeltoestellen|prullenbakken; slopen bankjes|bushokje|bushokjes|speeltuin|prullenbakken; zwerfafval; zwerfvuil; graffiti; vandalisme; vernielingen; verloederd; verloedering; afval|rommel|vuilnis straat|park|plein|buurt|rondom; verwaarloosde buurt|wijk; rommelig; brandstichting|brandjes; bekladden|beklad; onveilige buurt|wijk; verloedert; verloederen; troep straat|overal|buurt|park; vernield; bekrast; ruiten ingegooid|kapot; slopen|gesloopt; rommel; kapotte lantaarns|verlichting|lantaarnpalen|spullen; onverlicht; vuil|vuilnis straat|buurt|op; zwerfvuil|zwerfafval; scooteroverlast; geluidsoverlast; prullenbakken brand; buurt onveilig; bewoners klagen overlast|herrie|lawaai
wijkarmoede: arme buurt|wijk; achterstandswijk; buurt|wijk armoede|uitkeringen|uitkering|werkloos|achterstand|laag|lage; kwetsbare wijk|buurt; volkswijk; goedkope huurwoningen; slechte woningen|huizen; wijk veel armoede|werkloosheid|uitkeringen|schulden|arm; armoede wijk|buurt; arme wijken|buurten; buurt veel armoede|werkloosheid|uitkeringen|arm; lage inkomens wijk|buurt|veel; sociale huurwoningen veel; problemen stapelen wijk|buurt
verhuizingen: verhuizen|verhuist|verhuisd|verhuizing|verhuizingen; andere|nieuwe|wisselende|steeds opvangplek|pleeggezin|pleeggezinnen|school|scholen|adres; - vaste woonplek|verblijfplaats|adres; van opvang naar; wisselen|wisselt school; dakloos; pleeggezin; bankslapen; logeren overal; uit huis geplaatst; opvang noodopvang|crisisopvang; wisselen|wisselt vaak|steeds pleeggezin|school|adres|opvang; vaak verhuisd|verhuizen; woonplek -|tijdelijk; steeds|telkens ander|andere adres|school|huis|plek|pleeggezin; - stabiele plek|woonplek; uithuisgeplaatst; asielzoekerscentrum; van hot naar her
criminele-aanzuiging: ronselen|geronseld; oudere|grote|criminele jongens|criminelen|mannen|jongen klusje|klusjes|pakketjes|geld|meegeven|vragen|gevraagd|lokken; criminelen vragen|gevraagd|benaderen|inzetten|gebruiken|werven; pakketjes wegbrengen|bezorgen|rondbrengen; klusjes criminelen|drugs; uithaler; drugskoerier; koerier drugs; afglijden criminaliteit|criminele; loopjongen; dure auto|auto's|kleren|jassen|horloge|merkkleding; dikke auto; snel geld criminelen|verdienen drugs; ingezet door criminelen; criminele netwerken|circuit|uitbuiting|wereld; doorgroeien; plofkraak; katvangers; ondermijning; gerekruteerd|rekruteren|geworven|benaderd criminelen|drugs|jongens|jongeren; klusjes onderwereld|criminelen|zware; onderwereld; drugs|pakketjes rondbrengen|wegbrengen|bezorgen|vervoeren|halen criminelen|jongens|jongeren; ingezet drugs|koerier|loopjongen; misbruikt|gebruikt criminelen; lokken geld; verdienen criminelen|snel|makkelijk; uithalers; criminele carriere|ladder|organisatie; cocaine haven; statussymbolen; patserauto; makkelijk geld
normvervaging-wijk: snitch|snitchen|matennaaier; melden|meldt|zeggen|aangifte - buurt|bewoners|durven|mensen; niemand zegt|meldt|grijpt|spreekt iets|ervan|in|aan; - aangifte doen|doet|durven; bewoners kijken|durven weg|wegkijken; gestolen spullen|waar|fietsen verkocht|verkopen|handel; heling; alles mag|kan hier; zwijgcultuur; buurt|wijk|hier normaal|gewoon gevonden|vinden; - aanspreken; ons kent ons; iedereen gewoon|normaal gevonden|vindt|vinden; niemand zegt|durft|doet wat|iets|ervan|aangifte; bang om aangifte|melden; - getuigen|getuige durven; mensen zwijgen; buurt zwijgt|gedoogt|accepteert; geheeld; gestolen spullen; - opgetreden|handhaven|gehandhaafd; wordt niets aan gedaan; verklikker; iedereen weet ervan|wie|dat; - praten durven|durft; weet ervan niemand|buurt
online-risicogedrag: pinpas|bankpas|bankrekening|rekening lenen|uitlenen|afgeven|geven|leent; geldezel; hacken; phishing; phishingmails; oplichting; oplichten; fraude; fraudeplegen; gehackt; nepaccounts; tikkie; marktplaats; whatsappfraude; ddos; bankhelpdesk|helpdeskfraude; neplinks; wachtwoorden stelen; account overnemen; fraude|oplichting internet|online; rekening beschikbaar|bankrekening; cyberdelicten; oplichters; inbreken computers|accounts; bankpassen; geldezels; inloggegevens stelen; ddosaanval; online criminaliteit; creditcardfraude
online-conflict: ruzie|ruzies|conflict|beginnen snapchat|online|tiktok|instagram|appgroep|app|groepsapp|internet|telegram|filmpjes; filmpjes vechtpartij|vechtpartijen|vechten|dreigen|uitdagen|gevecht|drill; exposen|geexposed; drillrap|drill; opjutten|opgejut; online bedreigd|bedreigen|pesten|gepest|haat|treiteren; cyberpesten; elkaar uitdagen|dagen filmpjes|online; snapchat bedreigd|bedreigingen|dreigen; filmen gevechten|vechten|mishandeling; bedreigen|bedreigd|dreigen|uitschelden|pesten|ruzie social|sociale|online|tiktok|instagram|whatsapp; social media ruzie|uitdagen|ophitsen|conflicten|bedreigen|bedreigingen; ophitsen online|elkaar|filmpjes; gefilmd|filmen vechtpartij|vechtpartijen|mishandeling|gevecht; filmpjes rondgestuurd|verspreid|viral; drillrappers; livestream|stories dreigen; snapchat|tiktok|instagram|telegram|whatsapp gezet|filmpje|filmpjes|uitdagen|elkaar|opzoeken|afspraak|dreigementen; zoeken elkaar snapchat|online|tiktok; gefilmd
online-grensoverschrijding: naaktfoto|naaktfotos|naaktbeelden|naaktbeeld|naaktfilmpje|blootfoto|blootfotos|seksfilmpje|dickpics; sexting; sextortion; gechanteerd|chantage|chanteren foto|fotos|filmpje|beelden|ermee|online; wraakporno; grooming; nudes; bangalijst; online seksueel|seks; webcam uitkleden|uit; naaktfoto|naaktfotos|foto|fotos naakt|verspreid|doorgestuurd|rondgestuurd; blote fotos|foto; intieme beelden|fotos|filmpjes; online misbruikt|misbruik; seksueel getinte|filmpje|beelden; naaktbeelden; naaktvideo; afgeperst foto|fotos|beelden|seksueel
sociale-vaardigheden: - luisteren praten|samen; - woorden uiten|zeggen; ruzie praten oplossen|uitpraten; sociaal onhandig|vaardig|zwak; - gesprek voeren; sociale vaardigheden; conflicten|conflict - praten|oplossen; - praten oplossen|luisteren; goed praten luisteren; - samenwerken|samen werken; gaan goed met elkaar om; sociaal vaardige
zelfcontrole: zelfbeheersing; - beheersen|inhouden|bedwingen zich; boosheid - baas; eerst tot tien; emoties regelen|reguleren; ontploffen|ontploft; boosheid|woede beheersen|controle|bedwang; rustig blijven; kunnen zich beheersen|inhouden
moreel-besef: - schuldgevoel; - geweten; gewetenloos; - besef goed|fout|gevolgen|slachtoffer; - medelijden; geweten; - inleven|empathie; goed en kwaad; schuldgevoel; schuldbesef; berouw; spijt gedrag|delict|daden|-; - verantwoordelijkheid; empathie; meeleven slachtoffer; wroeging
weerbaarheid: - nee zeggen|durven; makkelijk|beinvloedbaar over|te halen|beinvloeden; beinvloedbaar; - weerstand; - weerbaar; makkelijk|makkelijke prooi; ja tegen alles; sterk in schoenen; overhalen; makkelijk beinvloeden|overhalen|mee; druk groep weerstaan|-; groepsdruk weerstaan; beinvloedbare; naief; goedgelovig; laten zich overhalen; stevig in schoenen; - weerstaan
toekomstperspectief: toekomst; perspectief; uitzicht werk|baan|beter|woning; - doel; uitzichtloos; kansloos; hopeloos; - dromen; - plannen toekomst; wat maakt het uit; hoop toekomst; geloven in toekomst; hoop kwijt|verloren|-; - hoop; toekomstbeeld; kansen -; - kans op; perspectiefloos; doelen leven|toekomst; dromen toekomst; zien het - zitten
positief-zelfbeeld: zelfvertrouwen; zelfbeeld; onzeker; eigenwaarde; - waard|goed genoeg voelen; minderwaardig; faalangst; nergens goed in; mislukt voelen; trots op zichzelf; waardeloos voelen; laag zelfbeeld; minderwaardigheidsgevoel; zelfwaardering; - zelfvertrouwen; niets waard; faalangstig
ouder-kind-binding: band ouders|vader|moeder|thuis|kind; - praten thuis|ouders; - aandacht ouders|thuis|vader|moeder; - liefde; warm gezin|nest; hecht gezin; ouders betrokken kind|kinderen|zoon; thuis verhaal kwijt; goede band ouders; kinderen steun ouders; praten thuis|ouders openlijk|over|problemen; ouders kinderen hecht|close; ouders -|weinig aandacht; - contact vader|moeder|ouders
opvoedvaardigheden: ouders weten|weet - hoe aanpakken|opvoeden|moeten; opvoeden|opvoeding; opvoedvaardigheden; ouders handelingsverlegen|machteloos|onmachtig; consequent opvoeden|ouders; ouders duidelijke grenzen|regels; ouders stellen grenzen|regels; opvoeden consequent; voeden consequent op; ouders - raad|aan; opvoedondersteuning; opvoedingsproblemen; opvoedcursus; ouders onzeker|hulpeloos opvoeding|opvoeden
steunend-gezinsnetwerk: gezin - familie|netwerk|hulp|niemand; opa|oma helpt|helpen|vangt|passen|past; familie helpt|steunt|vangt|springt; - vangnet; gezin alleen|eenzaam|geisoleerd; netwerk gezin|ouders|familie; sociaal netwerk; oma|opa|tante|buren|familie springen|springt bij; buren helpen gezin|gezinnen|ouders|elkaar; familie dichtbij|betrokken; gezin staat er alleen; - netwerk|familie ouders|gezin|gezinnen; terugvallen op familie|buren
schoolbinding: graag school gaan|gaat; plezier school; thuis voelen school; band docent|leraar|mentor school; plezier naar school; leerlingen graag|fijn school; voelen zich gezien school; betrokken leerlingen
schoolsucces: goede cijfers|resultaten; huiswerkbegeleiding; extra hulp school; bijles; diploma halen|haalt|gehaald; passend onderwijs; slagen|geslaagd examen|school; goed presteren|doen|leren school; diploma|startkwalificatie halen|haalt|behalen; doorstromen goed|mbo|havo
veilig-schoolklimaat: sfeer school|klas goed|slecht|veilig|onveilig|prettig; sfeer op school; onveilig op school; school - veilig; school veilig; pestprotocol; schoolklimaat; onrustige|onveilige school|klas; veilig voelen school|klas; - veilig school; sfeer klas; school duidelijke regels; schoolsfeer; schoolveiligheid; onveilige sfeer
werk-of-dagbesteding: bijbaan|bijbaantje; aan het werk; leerwerkplek; werkgevers; leerwerktraject; vast|goed werk; werk gevonden; stageplekken; baantje; baantje|bijbaantje|bijbaantjes; vast werk; jongeren|meesten werken|werk hebben; stage lopen|loopt; leerwerkplekken
prosociale-vrienden: goede|nette|leuke vrienden|vriendengroep|maten|invloed; - vrienden; eenzaam; buitengesloten; erbuiten vallen; vrienden goede|positief|positieve voorbeeld|invloed; vrienden helpen|steunen elkaar; vrienden naar school; eenzame; - vrienden
zinvolle-vrije-tijd: voetbalclub|sportclub|sportvereniging|voetbalvereniging|boksschool|muziekschool|scouting; buurtsportcoach; sporten; sportaanbod; naschoolse activiteiten; club|vereniging lid; lid sportclub|vereniging|voetbal|club; sporten bij|veel|jongeren; scouting; kickboksen jongeren; actief vereniging|club|sport; jongeren|jeugd sport|voetbal|muziek; sportverenigingen|voetbalverenigingen; naschools aanbod
steunende-volwassene: - omkijkt|omkijken; - luistert naar; - volwassene|volwassenen; voorbeeldfiguur|vaderfiguur; rolmodel|rolmodellen; vertrouwenspersoon; jongerenwerker|jongerenwerk contact|vertrouwen|goed|bereikt|kent|actief; trainer|mentor|coach|leraar gelooft|vertrouwt|steunt|helpt|kent; jongerenwerker; - terecht kunnen|kan; - om mee te praten; - kijkt naar om; er alleen voor staan; - jongerenwerk; jongerenwerker vertrouwd|vertrouwen|band; - bij terecht; terecht bij jongerenwerker|mentor|iemand; vertrouwd gezicht; er is niemand voor hen|ze; - luisterend oor; vertrouwensband jongerenwerker|mentor|coach; vaderfiguur; opkijken tegen; - om op terug te vallen; volwassene vertrouwen|gelooft|steunt|helpt; jongerenwerk; trainer|mentor|coach|leraar|jongerenwerker|meester|juf contact|band|vertrouwen|goed
wijkbinding: buren kennen elkaar; letten elkaars kinderen; sociale cohesie|controle; saamhorigheid; hechte buurt|gemeenschap|dorp; ons kent ons; buurtpreventie|buurtvaders; - kennen elkaar; langs elkaar heen; bewoners zetten|doen in|mee|samen; noaberschap|naoberschap; buurtbewoners|bewoners|mensen kennen elkaar; bewoners|buurtbewoners helpen elkaar; buurtbewoners letten|samen|organiseren; wijk|dorp|buurt hecht|hechte|betrokken; - sociale cohesie; buurtapp|buurtpreventie; anonieme buurt|wijk; gemeenschapszin; kent iedereen elkaar
kansen-tot-meedoen: jongerencentrum|jeugdhonk|buurthuis|jongerenhonk|jop|ontmoetingsplek|soos; - plek jongeren|jeugd; - voorzieningen jongeren|jeugd; - serieus genomen|nemen; - meepraten|inspraak; niks|niets voor jongeren|jeugd; meedenken; - plek|voorziening|voorzieningen|activiteiten jongeren|jeugd|jongens|pubers; jongeren betrokken|meedenken|inspraak|meebeslissen; - gehoord jongeren|jeugd; buurthuis|jongerencentrum|jeugdhonk weg|gesloten|dicht; - gevraagd jongeren|jeugd
duidelijke-normen: duidelijke|zelfde regels|grenzen|lijn; - lijn; - grenzen|regels; ouders school een lijn; tegenspreken; trekken een lijn; op een lijn; - op lijn; afspraken school|ouders|buurt|duidelijke; consequent handhaving|optreden|aanspreken; - aangesproken gedrag
vertrouwen-in-instanties: vertrouwen|wantrouwen politie|instanties|overheid|gemeente|hulpverlening|hulp|school|agenten; wantrouwen; politie - vertrouwen|serieus; oneerlijk behandeld; etnisch profileren; - hulp vragen|durven|zoeken|accepteren; hulp weigeren|mijden|afhouden; zorgmijders; melden - politie; wantrouwen politie|hulpverleners|instanties|jeugdzorg; - vertrouwen politie|jeugdzorg|gemeente|school|hulpverlening|instanties; vertrouwen wijkagent|politie; bang voor jeugdzorg; hulp|hulpverlening -|deur|afwijzen|buiten; mijden hulp|hulpverlening|instanties; zich oneerlijk behandeld|geprofileerd; - politie praten|bellen|melden|durft|durven
erkenning-waardering: - complimenten|compliment; alleen negatief|negatieve aandacht|nieuws; - waardering; waardering; - goed doen; altijd de schuld; complimenten; - complimentje|complimentjes|gewaardeerd|waardering|schouderklopje; altijd negatief nieuws|beeld|beoordeeld|benaderd; - gezien voelen; alleen op fouten; zetten in zonnetje; gewaardeerd
digitale-weerbaarheid: ouders - online|internet|telefoon weten|zicht|idee; mediawijsheid; - gevaren online|internet; - bewust online|internet; - risico's internet|online; digitaal weerbaar|vaardig; gevaren internet|online weten|-|kennen; - gevaren|risicos internet|online; ouders - internet|online|telefoon|snapchat|games; weten - van internet; mediawijs; online risicos|gevaren herkennen|kennen|-; veilig internetten|online; ouders - telefoon|telefoons|apps|gamen; - telefoons ouders
"""
"""Lay ways of saying per factor: `;` parts them, `|` parts words that may take each other's place, `-` is any denial. All words
of a way must stand near each other. Ours, from how neighbours, teachers and police write; more stand in kb/everyday_words.yaml."""

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_LIST_GOES_ON = re.compile(r"[^.;!?:]*?\b(?:of|noch)\b", re.IGNORECASE)
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
    if not used:
        return None
    places = tuple(frozenset([NEGATION if word in _DENIALS else stem(word)]) for word in used)
    vague = len(used) == 1 and stem(used[0]) in _VAGUE
    return _Way(factor_id, places, VAGUE if vague else WORD if len(used) == 1 else PHRASE, adjoining)


def _ways(factors: Iterable[Factor]) -> list[_Way]:
    """All ways to say each factor; one that two factors have is worth less."""
    lay, everyday = _lay_ways(), everyday_names()
    found: dict[tuple[str, tuple[frozenset[str], ...]], _Way] = {}
    for factor in factors:
        synonyms = (s for s in (*factor.synonyms, *everyday.get(factor.id, ())) if s not in _LEFT_OUT)
        ways = [
            *(_lay_way(factor.id, said) for said in lay.get(factor.id, ())),
            *(_way_of(factor.id, synonym) for synonym in synonyms),
        ]
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
    telling = 0
    for place in range(at + 1, len(words)):
        word = words[place]
        telling += word not in _LIGHT
        ends = word in _SCOPE_ENDS and not (word == "dat" and words[place - 1] in _REPORTED)
        if ends or telling > AHEAD or (word == "en" and len(words) - place > 2) or (word in _ASIDE and place > at + 1):
            return
        yield place


def _reach_back(words: Sequence[str], at: int) -> Iterator[int]:
    """The places a denial reaches to its left: 'drugs en wapens zien we niet', not 'ze drinken en luisteren niet'."""
    telling = 0
    for place in range(at - 1, -1, -1):
        word = words[place]
        telling += word not in _LIGHT and words[place + 1] not in _JOINS
        if word in _SCOPE_ENDS or telling > BACK or (word in _JOINS and place > 1):
            return
        yield place


def _free_of(word: str) -> bool:
    return any(word.endswith(end) and len(word) > len(end) + 2 for end in _FREE_OF)


def _denied(words: Sequence[str]) -> set[int]:
    """The places in a clause that are denied."""
    if any(word in _DENIALS and after in _DENIES_ALL for word, after in pairwise(words)):
        return set(range(len(words)))
    if not _OVER.isdisjoint(words):
        return set(range(len(words))) if _DENIALS.isdisjoint(words) else set()
    found = {at for at, word in enumerate(words) if _free_of(word)}
    for at, word in enumerate(words):
        if word in _DENIALS and _active(words, at):
            found.update(_reach_ahead(words, at))
            if word in _DENIES_AROUND:
                found.update(_reach_back(words, at))
    return found


def _denies_a_list(words: Sequence[str]) -> bool:
    """Does the clause end in a denied noun, as 'geen drugs,' does?"""
    return any(word in _BEFORE_NOUNS for word in words[-3:-1])


def _list_goes_on(text: str) -> bool:
    """Does the sentence go on as a list: 'wapens of geweld'?"""
    return _LIST_GOES_ON.match(text) is not None


class _Reader:
    """Reads descriptions with one taxonomy. Read-only after it is made."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._factors = {factor.id: factor for factor in factors}
        self._ways = _ways(factors)
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, way in enumerate(self._ways):
            for word in next((place for place in way.places if NEGATION not in place), way.places[0]):
                self._with[word].append(number)
        self._said_stems = {word for way in self._ways for place in way.places for word in place}
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
        floor = SHOWN_FROM if _about_us(words, hits) else SURE_FROM
        ranked = sorted((-score, factor_id) for factor_id, (score, _) in scored.items() if score >= floor)
        return [self._suggestion(text, words, i, -score, scored[i][1]) for score, i in ranked[: max(0, limit)]]

    def _suggestion(
        self, text: str, words: Sequence[_Token], factor_id: str, score: float, at: Iterable[int]
    ) -> Suggestion:
        typed = dict.fromkeys(text[words[place].start : words[place].end] for place in sorted(at))
        return Suggestion(self._factors[factor_id], score, tuple(typed))

    def _tokens(self, text: str) -> list[_Token]:
        """The words of a text with what each may stand for."""
        spelt = ((match, "".join(tokens(match.group()))) for match in _WORD.finditer(text))
        return [_Token(match.start(), match.end(), plain, self._meanings(plain)) for match, plain in spelt if plain]

    def _meanings(self, word: str) -> dict[str, float]:
        """A word itself; when unknown, what it is a form, a compound or a slip of."""
        known = self._vocabulary
        if word in _DENIALS:
            return {NEGATION: 1.0, stem(word): 1.0}
        own = stem(word)
        if len(word) > MAX_WORD or word in STOP_WORDS or own in self._said_stems:
            return {own: 1.0}
        found = {own: 1.0}
        if own not in known.stems and (form := self._participle(word)):
            found[form] = PARTICIPLE
        elif parts := known.parts(word):
            found.update({stem(parts[0]): HEAD, stem(parts[-1]): TAIL})
        elif own not in known.stems and (meant := self._meant(word)):
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
        if alike := known.sounding_like(word) or known.sounding_like(stem(word)):
            return alike
        near = [meant for meant, slips in known.nearest(word) if slips == 1 and meant[0] == word[0]]
        return near[0] if near and len(word) >= FUZZY_LETTERS else None

    def _by_clause(self, text: str, words: Sequence[_Token]) -> list[list[int]]:
        """The places of the words per clause; marks on the way what is denied, sentence by sentence."""
        starts = [word.start for word in words]
        found: list[list[int]] = []
        listed = False
        for start, end in _clauses(text):
            places = list(range(bisect_left(starts, start), bisect_left(starts, end)))
            said = [words[i].plain for i in places]
            denied = _denied(said)
            listed = listed and _SCOPE_ENDS.isdisjoint(said[:LISTED])
            if listed:
                denied.update(range(min(LISTED, len(said))))
            for place in denied:
                words[places[place]].denied = True
            if places:
                found.append(places)
                after = text[end : end + 1]
                listed = (
                    after == ","
                    and (listed or _denies_a_list(said))
                    and _list_goes_on(text[end + 1 : end + LIST_LETTERS])
                )
        return found

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
            least = WORD if any(_just_denied(words, place) for place in at) else 0.0
            return _Hit(self._shortage(factor), max(way.weight, least) * sure, shown)
        return _Hit(factor.id, way.weight * sure * PRESENT, frozenset(at))

    def _shortage(self, factor: Factor) -> str:
        """What a shortage of a protective factor is called: its mirror image if it has one."""
        return factor.counterpart if factor.counterpart in self._factors else factor.id


def _about_us(words: Sequence[_Token], hits: Iterable[_Hit]) -> bool:
    """Is the text short, does it name young people or where they live, or does it speak of little else than factors?"""
    telling = {place for place, word in enumerate(words) if word.plain not in STOP_WORDS}
    spoken = telling.intersection(place for hit in hits for place in hit.at)
    named = any(_CONTEXT & words[place].meanings.keys() for place in telling)
    return named or len(telling) < LONG_TEXT or len(spoken) >= DENSE * len(telling)


def _says_less(hit: _Hit, other: _Hit) -> bool:
    """Are the words of a hit better understood as another factor?"""
    inside = hit.at < other.at or (hit.at == other.at and hit.weight < other.weight)
    return inside and hit.factor_id != other.factor_id


def _scores(said: Sequence[_Hit], alike: Sequence[_Hit]) -> dict[str, tuple[float, frozenset[int]]]:
    """Per factor how sure, and by which words. Words that are part of a longer way to say another factor count less."""
    by_factor: dict[str, list[_Hit]] = defaultdict(list)
    at_place: dict[int, list[_Hit]] = defaultdict(list)
    for hit in said:
        for place in hit.at:
            at_place[place].append(hit)
    for hit in (*said, *alike):
        part = any(_says_less(hit, other) for other in at_place[min(hit.at)])
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


def _just_denied(words: Sequence[_Token], place: int) -> bool:
    """Does a denial stand right before this word? A vague word is not vague then: 'geen hoop', 'geen enkele stage'."""
    before = [word.plain for word in words[max(0, place - 2) : place]]
    return bool(before) and (before[-1] in _BEFORE_NOUNS or (before[0] in _BEFORE_NOUNS and before[-1] in STOP_WORDS))


def _denial_near(words: Sequence[_Token], at: Sequence[int]) -> Iterator[int]:
    """The denial that reaches these words, to show it with them."""
    for place in range(max(0, min(at) - SHOWN_WITHIN), min(len(words), max(at) + SHOWN_WITHIN)):
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
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import, so only when first used
        from sklearn.preprocessing import normalize  # slow to import, so only when first used

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
        for places in (places for places in clauses if len(places) >= ALIKE_WORDS):
            whole = vectors[places].sum(axis=0)
            dots = parts[places].sum(axis=0)
            least = ALIKE_FROM * float((whole @ whole.T).item()) ** 0.5
            denies = any(words[place].denied or words[place].plain in _DENIALS for place in places)
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
