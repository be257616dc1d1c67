"""A board on this machine, in a process of its own: ``python -m bench.fetching.board`` prints its address.

``/NAME/v1/boards/BOARD/jobs`` lists as many openings as the board's name says: ``10000``, or ``10000x25000`` for
descriptions of so many signs, which are made while they are sent.
"""

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROLES = (
    "Software Engineer", "Data Analyst", "Product Designer", "Accountant", "Night Baker", "Hardware Engineer",
    "Support Specialist", "Recruiter", "Field Technician", "Chemist", "Translator", "Site Manager", "Copywriter",
)  # fmt: skip
TEAMS = ("Payments", "Search", "Logistics", "Security", "Growth", "Mobile", "Platform", "Research", "Retail", "Billing")
LEVELS = ("", "Senior ", "Junior ", "Lead ", "Staff ")
PLACES = (
    "Berlin, Germany", "Austin, TX", "Lyon, France", "Toronto, Canada", "Remote", "Madrid, Spain", "Oslo, Norway",
    "Leeds, United Kingdom", "Porto, Portugal", "Osaka, Japan",
)  # fmt: skip
WORDS = [
    "build",
    "careful",
    "tools",
    "with",
    "people",
    "who",
    "like",
    "to",
    "learn",
    "and",
    "to",
    "explain",
    "what",
    "they",
    "have",
    "found",
    "each",
    "week",
]
USUAL = 2500


def opening(number: int, company: str, length: int) -> dict[str, object]:
    """Return one opening: always the same of its number and its company."""
    chance = random.Random(f"{company} {number}")
    role, team, level = chance.choice(ROLES), chance.choice(TEAMS), chance.choice(LEVELS)
    title = f"{role} Intern, {team} {number}" if number % 4 == 0 else f"{level}{role}, {team} {number}"
    text = " ".join(chance.choices(WORDS, k=60))
    paragraphs = max(1, length // (len(text) + 9))
    return {
        "id": number,
        "title": title,
        "absolute_url": f"https://boards.example.org/{company}/jobs/{number}",
        "first_published": f"2026-{1 + number % 9:02}-{1 + number % 28:02}T09:00:00Z",
        "location": {"name": PLACES[number % len(PLACES)]},
        "departments": [{"id": number % 10, "name": team}],
        "content": f"&lt;p&gt;{text}&lt;/p&gt;" * paragraphs,
    }


class Board(BaseHTTPRequestHandler):
    """Lists openings, made while they are sent."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        company, _, rest = self.path.removeprefix("/").partition("/")
        board = rest.removeprefix("v1/boards/").partition("/")[0]
        count, _, length = board.partition("x")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        # Whoever asked may be gone.
        with suppress(OSError):
            for piece in self._pieces(company, int(count), int(length or USUAL)):
                self.wfile.write(piece.encode())
        self.close_connection = True

    def _pieces(self, company: str, count: int, length: int) -> Iterator[str]:
        yield '{"jobs": ['
        for number in range(count):
            yield f"{',' if number else ''}{json.dumps(opening(number + 1, company, length))}"
        yield f'], "meta": {{"total": {count}}}}}'

    def log_message(self, *_: object) -> None:
        """Write nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Board)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
