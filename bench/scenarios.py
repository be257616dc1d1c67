"""What is asked: the same of every server that has it."""

import json
import random
import time
import uuid
from dataclasses import dataclass

import jwt

from bench import environment
from bench.dataset import APPLICATIONS, CHATS, COMPANIES, JOBS, SEED, THREADS, THREADS_OF_FORUM, USERS

NAMES = ("onward", "drf", "fastapi", "floor")

# The contract's own example, for a company of the account that asks.
APPLICATION = {
    "job_title": "Senior Software Engineer",
    "job_url": "https://careers.example.org/jobs/123",
    "job_description": "We are looking for somebody who enjoys careful work on systems that many people lean on.",
    "status": "applied",
    "priority": "high",
    "work_type": "hybrid",
    "location": "Mountain View, CA",
    "salary_min": 150000,
    "salary_max": 200000,
    "source": "linkedin",
    "referrer_name": "",
    "cover_letter": "Dear hiring manager, this is what I have built and why I would like to build yours.",
    "resume_version": None,
    "applied_date": "2026-01-10",
    "next_action": "Follow up email",
    "next_action_date": "2026-01-20",
}

# What a client of the copilot's document says of a job that it tracks.
JOB = {
    "company": "Acme",
    "title": "Senior Software Engineer",
    "location": "Mountain View, CA",
    "description": "We are looking for somebody who enjoys careful work on systems that many people lean on.",
    "salary_min": 150000,
    "salary_max": 200000,
    "currency": "USD",
    "job_type": "full-time",
    "remote_option": "hybrid",
    "tech_stack": ["Python", "PostgreSQL"],
    "application_url": "https://careers.example.org/jobs/123",
    "source": "linkedin",
    "notes": "Follow up by mail",
}
COPILOT = ("onward", "fastapi")
CAMPUS = ("onward", "drf")
MESSAGE = {"content": "Shall we meet at the station at eight, or is that too early for you?"}


@dataclass(frozen=True)
class Scenario:
    """One kind of request. The path's ``{application}``, ``{job}`` and ``{chat}`` are some of the account's own,
    ``{thread}`` any, in its ``{forum}``.

    :ivar among: the servers that have it
    """

    name: str
    title: str
    path: str
    method: str = "GET"
    status: int = 200
    among: tuple[str, ...] = NAMES


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("list", "list of 20", "/api/v1/applications/"),
        Scenario("detail", "detail", "/api/v1/applications/{application}/"),
        Scenario("nested", "100 with notes and interviews", "/api/v1/bench/nested/"),
        Scenario("offers_nested", "100 with stages, outcome, reflection", "/offers/api/v1/applications/"),
        Scenario("create", "create", "/api/v1/applications/", "POST", 201),
        Scenario("dashboard", "dashboard", "/api/v1/analytics/dashboard/"),
        Scenario("jobs", "jobs of 20", "/copilot/api/v1/jobs?limit=20", among=COPILOT),
        Scenario("job", "one job", "/copilot/api/v1/jobs/{job}", among=COPILOT),
        Scenario("board", "board of 20", "/copilot/api/v1/applications?limit=20", among=COPILOT),
        Scenario("track", "create a job", "/copilot/api/v1/jobs", "POST", 201, among=COPILOT),
        Scenario("campus_chats", "chats of 20", "/campus/api/chats/", among=CAMPUS),
        Scenario("campus_send", "send a message", "/campus/api/chats/{chat}/messages/", "POST", 201, among=CAMPUS),
        Scenario("campus_posts", "posts of 20", "/campus/api/forums/{forum}/threads/{thread}/posts/", among=CAMPUS),
        Scenario("desk", "the desk's list of 20", "/outreach/internships", among=("onward", "drf")),
    )
}


@dataclass(frozen=True)
class Question:
    """One request of one account."""

    method: str
    path: str
    user: int
    body: bytes = b""

    def headers(self, port: int, token: str) -> dict[str, str]:
        """Give what every client sends, and what a body needs."""
        headers = {
            "Host": f"127.0.0.1:{port}",
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "User-Agent": "bench",
        }
        if self.body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        return headers

    def raw(self, port: int, token: str) -> bytes:
        """Give the bytes that go over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in self.headers(port, token).items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def questions(scenario: Scenario) -> list[Question]:
    """List the requests of all accounts, in an order that is always the same: five each where they differ."""
    pick = random.Random(SEED)
    asked = []
    for user in range(1, USERS + 1):
        for _ in range(5 if "{" in scenario.path or scenario.method == "POST" else 1):
            application = (user - 1) * APPLICATIONS + pick.randint(1, APPLICATIONS)
            company = (user - 1) * COMPANIES + pick.randint(1, COMPANIES)
            said = {COPILOT: JOB, CAMPUS: MESSAGE}.get(scenario.among, {"company": company, **APPLICATION})
            body = json.dumps(said).encode() if scenario.method == "POST" else b""
            job = (user - 1) * JOBS + application % JOBS + 1
            chat = (user - 1) * CHATS + application % CHATS + 1
            thread = application % THREADS + 1
            forum = (thread - 1) // THREADS_OF_FORUM + 1
            path = scenario.path.format(application=application, job=job, chat=chat, forum=forum, thread=thread)
            asked.append(Question(scenario.method, path, user, body))
    pick.shuffle(asked)
    return asked


def peer_tokens(server: str) -> dict[int, str]:
    """Make the access tokens of a peer: good for two hours, by account."""
    now = int(time.time())
    if server == "floor":
        return {user: str(user) for user in range(1, USERS + 1)}
    claims: dict[str, object] = {"iat": now, "exp": now + 7200}
    tokens = {}
    for user in range(1, USERS + 1):
        own = {"sub": str(user)}
        if server == "drf":
            own = {"user_id": str(user), "token_type": "access", "jti": uuid.UUID(int=user).hex}
        tokens[user] = jwt.encode({**claims, **own}, environment.KEY, algorithm="HS256")
    return tokens
