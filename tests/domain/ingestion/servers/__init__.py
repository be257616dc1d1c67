"""Local servers that answer as the public sources do, well and ill.

``with sources() as local: entry = local.add("greenhouse", posts(10))`` gives the entry of a source. What it holds and
how it behaves may be changed while it is asked: ``local["greenhouse"].behave(hanging)``.
"""

from tests.domain.ingestion.servers.hosts import Answer, Behaviour, Host, Request, host
from tests.domain.ingestion.servers.posts import Post, posts
from tests.domain.ingestion.servers.sources import Source, Sources, sources

__all__ = ["Answer", "Behaviour", "Host", "Post", "Request", "Source", "Sources", "host", "posts", "sources"]
