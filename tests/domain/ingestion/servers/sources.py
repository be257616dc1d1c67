"""Sources of every kind, on hosts of their own or on one."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from onward.domain.ingestion.entry import Entry
from tests.domain.ingestion.servers.behaviour import well
from tests.domain.ingestion.servers.hosts import Answer, Behaviour, Host, Request, Site, host
from tests.domain.ingestion.servers.posts import Post
from tests.domain.ingestion.servers.shapes import PAGES, SHAPES


@dataclass
class Source:
    """A source that is served. What it holds and how it behaves may be changed at any time."""

    entry: Entry
    host: Host
    posts: list[Post]
    site: Site = field(init=False)

    @property
    def requests(self) -> list[Request]:
        """Return who asked for what."""
        return self.site.requests

    def behave(self, behaviour: Behaviour) -> None:
        """Behave otherwise from now on."""
        self.site.behaviour = behaviour


class Sources:
    """Local sources, each with the entry that names it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.served: dict[str, Source] = {}

    def host(self, port: int = 0) -> Host:
        """Run another host, for sources that are to share one."""
        return self._stack.enter_context(host(port))

    def add(
        self,
        kind: str,
        posts: Sequence[Post],
        *,
        name: str = "",
        behaviour: Behaviour = well,
        at: Host | None = None,
        port: int = 0,
        company: str = "",
        daily_limit: int | None = None,
    ) -> Entry:
        """Serve a source; returns the entry that names it.

        :param at: a host that it shares; by default it has one of its own, at this port or any
        """
        name = name or kind
        place = at or self.host(port)
        path, shape = SHAPES[kind]
        prefix = f"/{name}" if at else ""
        base_url = f"{place.url}{prefix}{PAGES.get(kind, '')}"
        source = Source(Entry(name, kind, base_url, "northwind", company, daily_limit), place, list(posts))

        def respond(request: Request) -> Answer:
            return shape(request, source.posts) if request.path.startswith(path) else Answer(404)

        source.site = place.add(prefix, respond, behaviour)
        self.served[name] = source
        return source.entry

    def __getitem__(self, name: str) -> Source:
        """Return a source by its name."""
        return self.served[name]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries of all, as the setting would hold them."""
        return tuple(source.entry for source in self.served.values())


@contextmanager
def sources() -> Iterator[Sources]:
    """Serve sources until the end of the block."""
    with ExitStack() as stack:
        yield Sources(stack)
