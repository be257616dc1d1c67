"""Every setting that an operator can give, read from the environment once.

Names carry the prefix ``ONWARD_``. A bad value stops the start with a message that names the variable, and so does a
name that nobody knows: it is nearly always a misspelt one.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

PREFIX = "ONWARD_"
# Read by `make test` and the scripts around it, not by the server.
FOREIGN = re.compile(r"^ONWARD_(TEST|BENCH)_")


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("must be a web address such as https://careers.example.org")
    return value.rstrip("/")


def _networks(value: object) -> object:
    return tuple(ip_network(part, strict=False) for part in _split(value))  # type: ignore[attr-defined]


def _rate(value: str) -> str:
    rate(value)
    return value


def _redis_address(value: str) -> str:
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must be redis://…, rediss://… or unix://…")
    return value


def _folder(value: str) -> str:
    if "://" in value:
        raise ValueError("must be a folder")
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"\.?[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\]", value):
        raise ValueError(f"{value!r} is no host name; give it without scheme, port and path")
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or value != f"{parts.scheme}://{parts.netloc}":
        raise ValueError(f"{value!r} is no origin such as https://app.example.org")
    return value


def _mail_server(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps"} or not re.fullmatch(r"[A-Za-z0-9.\-_:]+", parts.hostname or ""):
        raise ValueError("must be smtp://… or smtps://…, with the name of a server")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError("the port must be a number from 1 to 65535")
    return value


def _sender(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be one line")
    name, address = parseaddr(value)
    try:
        made = Address(display_name=name, addr_spec=address)
    except (HeaderParseError, ValueError, IndexError):
        made = Address()
    if not made.username or not made.domain:
        raise ValueError("must be an address such as Careers <careers@example.org>")
    return value


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("must be the IANA name of a time zone, such as Europe/Berlin")
    return value


def _secret_key(value: str) -> str:
    if value and len(value) < 32:
        raise ValueError("must have at least 32 characters")
    return value


PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def rate(text: str) -> tuple[int, int]:
    """Read ``100/hour`` as a number of requests and a number of seconds.

    :raises ValueError: when the text is not a rate
    """
    found = re.fullmatch(r"(\d{1,9})/(second|minute|hour|day)", text)
    if not found or int(found[1]) == 0:
        raise ValueError("must be a rate such as 100/hour (per second, minute, hour or day)")
    return int(found[1]), PERIODS[found[2]]


def _embedding_model(value: str) -> str:
    if value and not (Path(value).expanduser() / "model.safetensors").is_file():
        raise ValueError("must be the folder of a model2vec model, with its model.safetensors")
    if value and find_spec("model2vec") is None:
        raise ValueError("needs the package model2vec: install the extra `embeddings`")
    return value


EmbeddingModel = Annotated[str, AfterValidator(_embedding_model)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)]
Rate = Annotated[str, AfterValidator(_rate)]
Waits = Annotated[tuple[Annotated[int, Field(ge=1, le=86400)], ...], BeforeValidator(_split), Field(max_length=10)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
OptionalWebAddress = Annotated[str, AfterValidator(lambda value: value and _web_address(value))]
RedisAddress = Annotated[str, AfterValidator(_redis_address)]
Folder = Annotated[str, AfterValidator(_folder)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
MailServer = Annotated[str, AfterValidator(_mail_server)]
Sender = Annotated[str, AfterValidator(_sender)]
SecretKey = Annotated[str, AfterValidator(_secret_key)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_split)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_split)]


class Environment(BaseModel):
    """The operator's settings. Each field is the variable of its name in capitals, with the prefix ``ONWARD_``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    data_dir: Path = Field(Path("var"), description="where the database, media, mails and keys are kept")
    database_url: str = Field("", description="postgresql://… ; empty: SQLite in DATA_DIR")
    redis_url: RedisAddress = Field("", description="redis://… ; empty: everything runs from the database (embedded)")
    worker: Literal["embedded", "celery"] = Field(
        "embedded", description="who runs jobs: the worker of `onward serve`, or Celery over REDIS_URL"
    )
    storage_url: Folder = Field("", description="a folder for uploaded files; empty: DATA_DIR/media")
    backup_folder: Folder = Field(
        "", description="a folder for an archive every night (02:40 UTC); empty: none is made"
    )
    backup_keep: int = Field(7, ge=1, description="how many of those archives are kept")
    storage_per_account: int = Field(
        200, ge=1, le=1_000_000, description="megabytes of uploaded files that one account may keep"
    )
    video_limit: int = Field(2048, ge=1, le=1_000_000, description="megabytes that one uploaded video may have")
    video_per_account: int = Field(
        20_480, ge=1, le=100_000_000, description="megabytes of uploaded videos that one account may keep"
    )
    free_space: int = Field(
        500, ge=0, le=100_000_000, description="megabytes that should be free on the disks of data and files"
    )
    email_url: MailServer = Field(
        "", description="smtp://user:password@host:587/?tls=1 ; empty: mails as files in DATA_DIR/mail"
    )
    email_from: Sender = Field("Onward <onward@localhost>", description="the sender of every mail")
    secret_key: SecretKey = Field(
        "", description="signs tokens and links; empty: generated into DATA_DIR on the first run"
    )
    public_url: WebAddress = Field(
        "http://127.0.0.1:8000", description="the address that people use, for links in mails"
    )
    allowed_hosts: Hosts = Field(
        (), description="further host names that may be asked for, besides PUBLIC_URL's and loopback"
    )
    v1_api: Literal["tracker", "copilot", "offers"] = Field(
        "tracker", description="which API owns the bare /api/v1/ paths"
    )
    google_client_id: str = Field("", description="lets people sign in with Google; from Google's console")
    google_client_secret: str = Field("", description="the secret that belongs to GOOGLE_CLIENT_ID")
    oidc_issuer: OptionalWebAddress = Field(
        "", description="lets people sign in with this OpenID provider, such as https://id.example.org/realms/school"
    )
    oidc_client_id: str = Field("", description="what OIDC_ISSUER calls this server")
    oidc_client_secret: str = Field("", description="the secret that belongs to OIDC_CLIENT_ID")
    cors_origins: Origins = Field((), description="origins whose pages may call the APIs; empty: localhost on any port")
    throttle: Literal["on", "off"] = Field("on", description="whether requests are limited")
    throttle_anon: Rate = Field(
        "100/hour", description="requests of one address, or of a session whose token has lapsed"
    )
    throttle_user: Rate = Field("1000/hour", description="requests of one account")
    throttle_ai: Rate = Field("20/hour", description="letters, matches and question sets of one account together")
    throttle_campus: Rate = Field(
        "20000/hour",
        description="requests to the campus API of one account, one signed link, or one address that is not signed in",
    )
    llm_config: str = Field("", description="a JSON file of language models that write; empty: lines are quoted")
    embeddings: EmbeddingModel = Field(
        "", description="the folder of a model2vec model that compares texts; empty: their words are compared"
    )
    sources_file: str = Field(
        "", description="a JSON file of further sources of postings, which may be in private networks; empty: none"
    )
    adzuna_app_id: str = Field("", description="the id that Adzuna has given you; without it nothing is read there")
    adzuna_app_key: str = Field("", description="the key that belongs to ADZUNA_APP_ID")
    fetch_every: int = Field(
        0, ge=0, le=168, description="hours between two runs over all enabled sources; 0: only when somebody asks"
    )
    trusted_proxies: Networks = Field((), description="networks whose X-Forwarded-For and -Proto are believed")
    metrics_token: str = Field(
        "", description="opens /metrics to whoever bears it; empty: this machine and TRUSTED_PROXIES may read it"
    )
    webhook_allow_private: bool = Field(
        False, description="whether webhooks may go to private networks and to this machine"
    )
    webhook_retries: Waits = Field(
        (60, 300), description="seconds to wait before each further attempt to deliver a webhook; about that long"
    )
    time_zone: TimeZone = Field("UTC", description="the time zone of new accounts, such as Europe/Berlin")
    debug: bool = Field(False, description="detailed error pages; never where others can reach them")

    @model_validator(mode="after")
    def _providers_are_whole(self) -> Self:
        for names in (
            ("google_client_id", "google_client_secret"),
            ("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
        ):
            given = [name for name in names if getattr(self, name)]
            if given and len(given) < len(names):
                left = " and ".join(name.upper() for name in names if name not in given)
                raise ValueError(f"{given[0].upper()} needs {left}")
        return self

    @model_validator(mode="after")
    def _celery_has_a_broker(self) -> Self:
        if self.worker == "celery" and not self.redis_url:
            raise ValueError("WORKER=celery needs REDIS_URL")
        return self


def read(source: Mapping[str, str]) -> Environment:
    """Read the settings from environment variables.

    :raises ImproperlyConfigured: when a value is bad or a name is unknown; every problem is named at once
    """
    problems = _unknown(source)
    try:
        values = Environment.model_validate(
            {name.removeprefix(PREFIX).lower(): value for name, value in source.items() if name.startswith(PREFIX)}
        )
    except ValidationError as error:
        # What concerns two settings begins with the name of one itself.
        names = [f"{str(e['loc'][0]).upper()}: " if e["loc"] else "" for e in error.errors()]
        problems += [f"{PREFIX}{name}{_sentence(e)}" for name, e in zip(names, error.errors(), strict=True)]
    if problems:
        raise ImproperlyConfigured("Bad settings:\n" + "\n".join(f"  {problem}" for problem in problems))
    return values


def _sentence(error: Any) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _unknown(source: Mapping[str, str]) -> list[str]:
    """Return the variables with our prefix that mean nothing to us, in a sentence each."""
    known = [PREFIX + name.upper() for name in Environment.model_fields]
    sentences = []
    for name in sorted(source):
        if name.startswith(PREFIX) and name not in known and not FOREIGN.match(name):
            near = get_close_matches(name, known, 1)
            sentences.append(f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "."))
    return sentences
