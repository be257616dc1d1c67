"""Postings with natural frequencies of words: ``… rows COUNT`` fills the database of the settings.

Words of descriptions are as frequent as in English, titles, skills, companies and places as unequal as they are
(Zipf). Texts are few thousand, each read once as the index reads it; every posting has one of them under a company, a
place, a day, a pay and a mode of its own. What the index would write is written as its job writes it, batch by batch;
PostgreSQL's GIN is made at the end, as a restore makes it, because a million documents one by one take it an hour.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from itertools import accumulate
from typing import Any

import django

SEED = 20260103
TEXTS, COMPANIES, CITIES = 3_000, 20_000, 400
BATCH = 1_000
DAYS = 365
LEVELS = (("", 45), ("Senior ", 25), ("Junior ", 10), ("Lead ", 6), ("Principal ", 4), ("", 10))
OCCUPATIONS = (
    *(
        "Software Engineer",
        "Data Engineer",
        "Backend Engineer",
        "Frontend Engineer",
        "DevOps Engineer",
        "Sales Manager",
    ),
    *("Mechanical Engineer", "Registered Nurse", "Accountant", "Project Manager", "Product Manager", "Data Scientist"),
    *("Data Analyst", "Electrical Engineer", "Customer Support Specialist", "Marketing Manager", "Recruiter", "Cook"),
    *("QA Engineer", "Site Reliability Engineer", "Machine Learning Engineer", "Civil Engineer", "UX Designer"),
    *("Business Analyst", "Warehouse Worker", "Teacher", "Java Developer", "Python Developer", "Platform Engineer"),
    *("Security Engineer", "Graphic Designer", "Truck Driver", "Electrician", "Financial Analyst", "Office Assistant"),
    *("iOS Developer", "Android Developer", "Content Writer", "Pharmacist", "Physiotherapist", "Process Engineer"),
    *("Solutions Architect", "Scrum Master", "Lawyer", "Dentist", "Welder", "Carpenter", "Baker", "Hotel Receptionist"),
    *("Embedded Software Engineer", "Network Engineer", "Database Administrator", "Sales Engineer", "Chemist"),
)
COUNTRIES = ("US", "GB", "DE", "FR", "NL", "ES", "PL", "IN", "CA", "SE")
NAMES = (
    *("Nor", "Wes", "Sol", "Lum", "Ber", "Kar", "Tal", "Ven", "Dor", "Mar", "Quin", "Hel", "Fen", "Gar", "Jas", "Rov"),
)
ENDS = (
    *("tech", "works", "soft", "labs", "group", "systems", "health", "logic", "line", "foods", "energy", "bank"),
    *("media", "net", "craft"),
)


def zipf(items: Sequence[Any], chance: random.Random, steep: float = 1.0) -> "Draw":
    """Return a draw in which the n-th of some items comes with the frequency 1/n."""
    return Draw(items, [1 / (n + 2) ** steep for n in range(len(items))], chance)


class Draw:
    """Items by their frequencies."""

    def __init__(self, items: Sequence[Any], weights: Sequence[float], chance: random.Random) -> None:
        self.items, self.weights, self.chance = items, list(accumulate(weights)), chance

    def __call__(self, many: int = 1) -> list[Any]:
        return self.chance.choices(self.items, cum_weights=self.weights, k=many)


def texts(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield titles with descriptions of 150 to 450 words."""
    from spellchecker import SpellChecker

    from onward.domain.resumes.facts import skills

    counted = sorted(SpellChecker().word_frequency.dictionary.items(), key=lambda row: -row[1])[:40_000]
    word = Draw([text for text, _ in counted], [times for _, times in counted], chance)
    tools = [name for name in skills._listed()[0] if skills.group(name) == "tools"]
    skill, occupation = zipf(tools, chance), zipf(OCCUPATIONS, chance, 0.8)
    level = Draw([text for text, _ in LEVELS], [weight for _, weight in LEVELS], chance)
    for _ in range(TEXTS):
        title = f"{level()[0]}{occupation()[0]}"
        lines = [" ".join(word(chance.randint(12, 25))).capitalize() + "." for _ in range(chance.randint(8, 20))]
        asked = "\n".join(f"- Experience with {', '.join(skill(2))} and {skill()[0]}." for _ in range(3))
        yield title, "\n".join([*lines[:3], "Requirements:", asked, *lines[3:]])


def fill(count: int, *, at: datetime) -> dict[str, float]:
    """Make so many postings and their index; returns seconds by what was done."""
    chance = random.Random(SEED)
    took = {"reading of texts": -time.perf_counter()}
    base = list(read_texts(chance, at))
    took["reading of texts"] += time.perf_counter()
    took["writing"] = -time.perf_counter()
    draws = _draws(chance)
    gin = _without_gin()
    for first in range(0, count, BATCH):
        write(range(first, min(first + BATCH, count)), count, base, draws, chance, at)
    took["writing"] += time.perf_counter()
    took["making of GIN"] = -time.perf_counter()
    gin()
    took["making of GIN"] += time.perf_counter()
    return took


def _without_gin() -> Callable[[], None]:
    """Drop PostgreSQL's index of terms; returns what makes it anew."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return lambda: None
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'feed_terms_terms'")
        (made,) = cursor.fetchone()
        cursor.execute("DROP INDEX feed_terms_terms")

    def make() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(made)

    return make


def read_texts(chance: random.Random, at: datetime) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield postings as they are read: the columns of one, and what the index has of it."""
    from onward.domain.feed import reading

    for title, description in texts(chance):
        posting = {
            **dict.fromkeys(("company_name", "department", "level", "location", "work_mode", "job_type"), ""),
            **dict.fromkeys(("pay_currency", "pay_period"), ""),
            **dict.fromkeys(("pay_min", "pay_max", "posted_on")),
            "id": 0,
            "title": title,
            "description": description,
            "skills": [],
            "places": [],
            "state": "live",
            "is_internship": False,
            "first_seen_at": at,
        }
        yield posting, reading.read(posting, source="manual", at=at)


def _draws(chance: random.Random) -> dict[str, Draw]:
    companies = [
        f"{NAMES[n % 16]}{NAMES[n // 16 % 16].lower()}{ENDS[n // 256 % 15]} {n // 3840 or ''}".strip()
        for n in range(COMPANIES)
    ]
    cities = [(f"{NAMES[n % 16]}{NAMES[n // 16 % 16].lower()}burg", COUNTRIES[n % 10]) for n in range(CITIES)]
    return {
        "text": zipf(range(TEXTS), chance, 0.3),
        "company": zipf(companies, chance, 0.7),
        "city": zipf(cities, chance),
        "mode": Draw(("remote", "hybrid", "onsite", ""), (25, 25, 35, 15), chance),
        "type": Draw(("full_time", "part_time", "contract", "internship", ""), (65, 10, 10, 5, 10), chance),
    }


def write(numbers: range, count: int, base: Any, draws: dict[str, Draw], chance: random.Random, at: datetime) -> None:
    """Write a batch of postings, their briefs and their documents."""
    from django.db import transaction

    from onward.domain.board.models import Posting
    from onward.domain.feed.services.briefs import _write
    from onward.platform.record import append_all

    rows, read = [], []
    for number in numbers:
        posting, found = base[draws["text"]()[0]]
        company, (city, country) = draws["company"]()[0], draws["city"]()[0]
        day = at.date() - timedelta(days=DAYS - 1 - number * DAYS // count)
        low = chance.randrange(30, 160) * 1000 if chance.random() < 0.4 else None
        rows.append(
            {
                "title": posting["title"],
                "description": posting["description"],
                "company_name": company,
                "company_key": company.lower(),
                "location": city,
                "places": [{"text": city, "city": city, "region": "", "country": country}],
                "work_mode": draws["mode"]()[0],
                "job_type": draws["type"]()[0],
                "pay_min": None if low is None else Decimal(low),
                "pay_max": None if low is None else Decimal(low + 20_000),
                "pay_currency": "" if low is None else {"US": "USD", "GB": "GBP"}.get(country, "EUR"),
                "pay_period": "" if low is None else "year",
                "posted_on": day,
                "first_seen_at": datetime.combine(day, clock(8), UTC),
                "last_seen_at": at,
                "url": f"https://boards.example.org/{number}",
            }
        )
        read.append(found)
    with transaction.atomic():
        ids = append_all(Posting, rows)
        _write(ids, [_read(pk, row, found, at) for pk, row, found in zip(ids, rows, read, strict=True)])


def _read(pk: int, row: dict[str, Any], found: Any, at: datetime) -> Any:
    """Return what the index has of a posting: what its text says, under its own company, place, pay and mode."""
    from onward.domain.feed import reading, terms
    from onward.domain.feed.keys import key
    from onward.platform.search import terms as words

    said = {name: row[name] for name in ("work_mode", "job_type")} | {"seniority": found.brief["seniority"]}
    pay = reading.a_years_pay(row["pay_min"], row["pay_max"], row["pay_period"], row["pay_currency"])
    where = reading.places(row["places"])
    own = terms.document(
        title="", company=row["company_name"], description="", department="", listed=(), skills=(),
        places=[row["location"], *where], words=said, source="manual", pay=pay,
    )  # fmt: skip
    brief = {
        **found.brief,
        **said,
        "key": key(day=row["posted_on"], posting_id=pk, source="manual", **said),
        "posting_id": pk,
        "made_at": at,
        "company_terms": " ".join(words.terms(row["company_name"])),
        "company_name": row["company_name"],
        "places": where,
        "pay_low": pay[0],
        "pay_high": pay[1],
        "pay_currency": pay[2],
    }
    aside = {term for term in found.terms if term[0] in "mvyo" and ":" in term[:5]}
    return reading.Read(brief, (found.terms - aside) | own, [*found.words, *words.split(row["company_name"])])


def main() -> None:
    """Fill the database, count the market, and say how long it took; then gather statistics, as a server in use has."""
    django.setup()
    from django.db import connection

    from onward.domain.feed.index import NAME, VERSION, WATCHED
    from onward.domain.feed.services.markets import count_anew
    from onward.platform.search.models import Stale
    from onward.platform.search.watching import watch

    at = datetime.now(UTC)
    took = fill(int(sys.argv[1]), at=at)
    took["counting of the market"] = -time.perf_counter()
    count_anew()
    took["counting of the market"] += time.perf_counter()
    # As in a server that has caught up: what is noted from now on has changed since.
    watch(NAME, WATCHED, version=VERSION)
    Stale.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(", ".join(f"{what} {seconds:.0f} s" for what, seconds in took.items()))


if __name__ == "__main__":
    main()
