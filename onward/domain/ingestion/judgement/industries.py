"""A guess of what an employer does."""

from collections import Counter
from itertools import pairwise

from onward.platform.words import words

# How much of a description is looked at.
LOOKED_AT = 4000
# What each mention counts in a name, in a description, and how often a description counts.
_NAME, _MENTION, _MOST = 4, 1, 6
# A guess needs as much, and twice what the next industry has.
_LEAST = 4

INDUSTRIES = {
    "Technology": """
        software · saas · cloud · cyber · cybersecurity · technologies · digital · informatik · informatique ·
        computing · artificial intelligence · machine learning · it services · developer platform ·
        data platform · apps · hosting
    """,
    "Finance": """
        bank · banking · banque · banca · banco · finance · financial · fintech · capital · insurance ·
        versicherung · assurance · assicurazioni · seguros · asset management · investment · payments · wealth ·
        accounting · audit
    """,
    "Healthcare": """
        health · healthcare · hospital · clinic · clinical · klinik · kliniken · medical · medizin · nursing ·
        pflege · patients · dental · pharmacy · apotheke · hopital · salud · sante · care home
    """,
    "Biotechnology": """
        biotech · biotechnology · pharma · pharmaceutical · pharmaceuticals · therapeutics · genomics ·
        biosciences · life sciences · vaccines
    """,
    "Education": """
        education · school · schule · university · universitat · universite · universidad · college · academy ·
        teaching · teachers · students learn · bildung · tutoring
    """,
    "Manufacturing": """
        manufacturing · industrial · machinery · maschinenbau · factory · fertigung · steel · stahl · metall ·
        werkzeug · semiconductors · robotics · automation · plastics · textiles · chemicals · chemie
    """,
    "Automotive": """
        automotive · automobile · automobil · vehicles · fahrzeug · fahrzeuge · motors · car maker
    """,
    "Retail": """
        retail · e commerce · ecommerce · shop · store · stores · fashion · mode · handel · supermarket ·
        grocery · wholesale · marketplace · cosmetics
    """,
    "Energy": """
        energy · energie · energia · solar · wind power · wind farm · wind farms · photovoltaic · utilities ·
        stadtwerke · oil · nuclear · power grid · hydrogen
    """,
    "Media": """
        media · medien · publishing · publisher · verlag · television · film · games · gaming · music ·
        journalism · newspaper · broadcasting · studio · studios · advertising · werbung
    """,
    "Consulting": """
        consulting · consultancy · consultants · beratung · unternehmensberatung · conseil · consultoria ·
        advisory
    """,
    "Logistics": """
        logistics · logistik · logistique · logistica · freight · shipping · spedition · transport ·
        warehousing · supply chain · airline · rail · railway
    """,
    "Construction": """
        construction · bau · hochbau · tiefbau · architects · architecture · real estate · immobilien ·
        property · building · contractors · civil engineering
    """,
    "Hospitality": """
        hotel · hotels · hospitality · restaurant · restaurants · tourism · travel · resort · gastronomie
    """,
    "Food and agriculture": """
        food · foods · agriculture · farm · farms · farming · brewery · brauerei · bakery · backerei · dairy ·
        agrar · winery · beverages · lebensmittel
    """,
    "Legal": """
        law · legal · lawyers · solicitors · abogados · avocats · rechtsanwalte · attorneys
    """,
    "Public sector": """
        government · ministry · ministerium · council · municipality · stadt · public authority · behorde ·
        ngo · non profit · nonprofit · charity · foundation · stiftung
    """,
    "Telecommunications": """
        telecom · telecommunications · telekom · telecoms · broadband · mobile network
    """,
}

_PHRASES = {" ".join(words(phrase)): industry for industry, told in INDUSTRIES.items() for phrase in told.split("·")}


def guess_industry(*, name: str, description: str = "") -> str:
    """Return the industry that an employer seems to be in, one of `INDUSTRIES`; nothing where none is plain.

    It is a guess, to be marked as one (`Origin.GUESS`).

    :param description: of the employer, or of its openings
    """
    named, described = _mentions(name), _mentions(description[:LOOKED_AT])
    points = Counter(
        {
            industry: _NAME * named[industry] + _MENTION * min(_MOST, described[industry])
            for industry in named | described
        }
    )
    best = points.most_common(2)
    if not best or best[0][1] < _LEAST or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return ""
    return best[0][0]


def _mentions(text: str) -> Counter[str]:
    """Count how often a text names each industry, by whole words and pairs of words."""
    said = words(text)
    pairs = [" ".join(pair) for pair in pairwise(said)]
    return Counter(_PHRASES[phrase] for phrase in [*said, *pairs] if phrase in _PHRASES)
