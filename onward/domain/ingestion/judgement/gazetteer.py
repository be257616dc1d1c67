"""Names of countries, regions and large cities in several languages, as `words` writes them."""

import gettext
from functools import cache

import pycountry

from onward.platform.words import words

_LANGUAGES = "ar bg cs da de el es fi fr he hr hu it ja ko nb_NO nl pl pt pt_BR ro ru sk sv tr uk zh_CN"
# The languages in which ISO's regions have names of their own.
_REGIONAL = ["en", "de", "fr", "it"]
# What people write and ISO does not.
_MORE_COUNTRIES = {
    "america": "us", "great britain": "gb", "uk": "gb", "england": "gb", "scotland": "gb", "wales": "gb",
    "northern ireland": "gb", "holland": "nl", "turkey": "tr", "russia": "ru", "russland": "ru", "россия": "ru",
    "росія": "ru", "ivory coast": "ci", "uae": "ae",
    "czech republic": "cz", "macedonia": "mk", "swaziland": "sz", "hong kong sar": "hk", "republic of ireland": "ie",
}  # fmt: skip
# Where somebody may be who works from anywhere there; written as a country would be.
_AREAS = {
    "europe": "europe", "eu": "europe", "europa": "europe", "european union": "europe", "emea": "emea", "apac": "apac",
    "latam": "latam", "asia": "asia", "africa": "africa", "americas": "americas", "north america": "north america",
    "dach": "dach", "nordics": "nordics", "benelux": "benelux",
}  # fmt: skip
# Cities that go by several names, the name they are kept by first, then their country.
_CITIES = """
    amsterdam nl · antwerp, antwerpen, anvers be · athens, athina, αθηνα, athen gr · basel, bale, basle ch ·
    beijing, peking, 北京 cn · belgrade, beograd, belgrad rs · berlin, berlino de · bern, berne, berna ch ·
    bratislava, pressburg sk · brunswick, braunschweig de · brussels, bruxelles, brussel, brussel bruxelles be ·
    bucharest, bucuresti, bukarest ro · budapest hu · cairo, kairo eg · cologne, koln, colonia de ·
    copenhagen, kobenhavn, kopenhagen, copenhague dk · dubai, دبي ae · dublin, baile atha cliath ie ·
    dusseldorf de · florence, firenze, florenz it · frankfurt, frankfurt am main, frankfurt main, francfort de ·
    frankfurt oder de ·
    geneva, geneve, genf, ginevra, ginebra ch · genoa, genova, genua it · ghent, gent, gand be · glasgow gb ·
    gothenburg, goteborg se · hague, the hague, den haag, la haye nl · hamburg de · hannover, hanover de ·
    helsinki, helsingfors fi · istanbul, stambul tr · jerusalem, ירושלים il · krakow, cracow, krakau pl ·
    kyiv, kiev, київ, киев ua · leipzig de · lisbon, lisboa, lissabon, lisbonne pt ·
    ljubljana, laibach si · london, londres, londra gb · los angeles, la us · lucerne, luzern ch ·
    luxembourg, luxemburg lu · lviv, lvov, lwow, lemberg, львів ua · lyon, lyons fr · madrid es ·
    marseille, marseilles fr · mexico city, ciudad de mexico, cdmx mx · milan, milano, mailand it · montreal ca ·
    moscow, moskva, moskau, москва ru · munich, munchen, monaco di baviera de · naples, napoli, neapel it ·
    new york, new york city, nyc us · nuremberg, nurnberg de · osaka, 大阪 jp · oslo no ·
    paris, parigi fr · prague, praha, prag cz · riga lv · rome, roma, rom it · san francisco, sf us ·
    saint petersburg, st petersburg, санкт петербург ru · seoul, 서울 kr · seville, sevilla, sevilha es ·
    shanghai, 上海 cn · singapore, singapur sg · sofia, софия bg · stockholm se · strasbourg, strassburg fr ·
    stuttgart de · tallinn ee · tel aviv, tel aviv yafo, תל אביב il · thessaloniki, θεσσαλονικη gr ·
    tokyo, tokio, 東京 jp · toronto ca · turin, torino it · valencia es · venice, venezia, venedig it ·
    vienna, wien, vienne, viena at · vilnius, wilno lt · warsaw, warszawa, warschau, varsovie pl ·
    washington, washington dc us · wroclaw, breslau pl · zagreb hr · zurich, zurigo ch
"""


@cache
def countries() -> dict[str, str]:
    """Return countries by their names and codes: ISO 3166-1 alpha-2, in small letters; areas by their own name."""
    names = dict(_AREAS)
    for language in _LANGUAGES.split():
        told = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True).gettext
        names |= {_name(told(country.name)): country.alpha_2.lower() for country in pycountry.countries}
    for country in pycountry.countries:
        spelled = [
            getattr(country, name, "") for name in ("name", "official_name", "common_name", "alpha_2", "alpha_3")
        ]
        for text in spelled:
            names[_name(text)] = country.alpha_2.lower()
    names.pop("", None)
    return names | _MORE_COUNTRIES


@cache
def regions() -> dict[str, frozenset[str]]:
    """Return regions by their names: the codes of ISO 3166-2, in small letters, of all that go by the name."""
    found: dict[str, set[str]] = {}
    spelled = {(region.name, region.code.lower()) for region in pycountry.subdivisions}
    for language in _REGIONAL:
        told = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True).gettext
        spelled |= {(told(region.name), region.code.lower()) for region in pycountry.subdivisions}
    for name, code in spelled:
        found.setdefault(_name(name), set()).add(code)
    found.pop("", None)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def state_codes() -> dict[str, str]:
    """Return the two or three letters that stand behind a city in three countries: ``ca`` is ``us-ca``."""
    codes = [region.code.lower() for region in pycountry.subdivisions if region.country_code in {"AU", "CA", "US"}]
    return {code.partition("-")[2]: code for code in codes}


@cache
def cities() -> dict[str, tuple[str, str]]:
    """Return cities by each of their names: the name they are kept by, and their country."""
    found: dict[str, tuple[str, str]] = {}
    for entry in _CITIES.split("·"):
        names, country = entry.strip().rsplit(" ", 1)
        spelled = [_name(name) for name in names.split(",")]
        found |= dict.fromkeys(spelled, (spelled[0], country))
    return found


def _name(text: str) -> str:
    return " ".join(words(text))
