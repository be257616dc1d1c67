"""Postings to serve: invented openings at invented companies."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TITLES = (
    "Software Engineering Intern",
    "Data Analyst",
    "Marketing Internship",
    "Backend Engineer",
    "Product Design Intern",
    "Accountant",
    "Hardware Intern",
    "Customer Support Specialist",
)
CITIES = (
    ("Berlin", "Berlin", "DE", "Germany"),
    ("Austin", "Texas", "US", "United States"),
    ("Lyon", "Auvergne-Rhône-Alpes", "FR", "France"),
    ("Toronto", "Ontario", "CA", "Canada"),
)
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """An opening, before a kind of source puts it into its own words."""

    id: str
    title: str
    company: str
    city: str = "Berlin"
    region: str = "Berlin"
    country: str = "DE"
    country_name: str = "Germany"
    html: str = "<p>Build <strong>things</strong> &amp; learn.</p><ul><li>Python</li><li>SQL</li></ul>"
    remote: bool = False
    internship: bool = False
    low: int = 0
    high: int = 0
    currency: str = "EUR"
    tags: tuple[str, ...] = ("python", "sql")
    department: str = "Engineering"
    posted_at: datetime = BEGAN
    closes_on: date | None = None

    @property
    def place(self) -> str:
        """Return where it is, in words."""
        return f"{self.city}, {self.country_name}"


def posts(count: int, *, company: str = "Northwind Example", first: int = 1) -> list[Post]:
    """Make openings, each unlike the others."""
    return [
        Post(
            str(number),
            f"{TITLES[number % len(TITLES)]} {number}",
            company,
            *CITIES[number % len(CITIES)],
            remote=number % 3 == 0,
            internship="Intern" in TITLES[number % len(TITLES)],
            low=1000 * number if number % 2 else 0,
            high=1500 * number if number % 2 else 0,
            posted_at=BEGAN + timedelta(hours=number % 5000),
        )
        for number in range(first, first + count)
    ]
