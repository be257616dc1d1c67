"""An API's routes, with and without a trailing slash, found without trying them one by one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.exceptions import Resolver404
from django.urls.resolvers import ResolverMatch, RoutePattern


class EitherSlash(RoutePattern):
    """A route that matches with one trailing slash more or less than it is written with."""

    def __init__(self, route: str, name: str | None = None) -> None:
        super().__init__(route, name, is_endpoint=True)
        self._bare = RoutePattern(_bare(route), name, is_endpoint=True)

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """Match a path, as Django's routes do."""
        return self._bare.match(_bare(path))


class Mount(URLResolver):
    """The routes of one API under a prefix.

    A route without parameters wins over one with them, whatever the order in which they were written
    (``applications/resumes/`` beside ``applications/{id}/``). Routes are looked up by their number of segments and
    their first fixed segments, so that a request tries two or three of them and not all.

    :param prefix: without a leading slash, with a trailing one; empty for the root
    :param urls: what ``NinjaAPI.urls`` gives; may be mounted more than once
    :param namespace: another name for `reverse`, where the same routes are mounted again
    """

    def __init__(self, prefix: str, urls: tuple[Sequence[Any], str, str], namespace: str | None = None) -> None:
        patterns, app_name, own_namespace = urls
        routes = sorted((_either(pattern) for pattern in patterns), key=_openness)
        super().__init__(
            RoutePattern(prefix, is_endpoint=False), routes, app_name=app_name, namespace=namespace or own_namespace
        )
        self._fixed: dict[str, URLPattern] = {}
        self._open: defaultdict[tuple[int, str], list[URLPattern]] = defaultdict(list)
        self._anywhere: list[URLPattern] = []
        for pattern in routes:
            route = _bare(str(pattern.pattern))
            if "<" not in route:
                self._fixed.setdefault(route, pattern)
            elif "<path:" in route:
                self._anywhere.append(pattern)
            else:
                self._open[_shape(route.partition("<")[0], route)].append(pattern)
        self._starts = sorted({start.count("/") for _, start in self._open}, reverse=True)

    def resolve(self, path: str) -> ResolverMatch:
        """Find the route of a path, as Django's resolvers do."""
        # The prefix itself is a path too, and works without its last slash like every other.
        found = self.pattern.match(str(path)) or self.pattern.match(f"{path}/")
        if found is None:
            raise Resolver404({"path": path})
        rest = found[0]
        for pattern in self._candidates(_bare(rest)):
            match = pattern.resolve(rest)
            if match:
                match.app_names = [self.app_name] if self.app_name else []
                match.namespaces = [self.namespace] if self.namespace else []
                match.app_name, match.namespace = ":".join(match.app_names), ":".join(match.namespaces)
                match.view_name = ":".join([*match.namespaces, match.url_name or match._func_path])
                return match
        raise Resolver404({"path": rest, "tried": []})

    def _candidates(self, path: str) -> Sequence[URLPattern]:
        fixed = self._fixed.get(path)
        if fixed is not None:
            return (fixed,)
        segments = path.split("/")
        depth = len(segments)
        found = [
            pattern
            for count in self._starts
            if count < depth
            for pattern in self._open.get((depth, "/".join(segments[:count]) + "/" * bool(count)), ())
        ]
        return found + self._anywhere


def _bare(path: str) -> str:
    return path[:-1] if path.endswith("/") else path


def _shape(start: str, route: str) -> tuple[int, str]:
    # `a/b-<id>` begins with the whole segments `a/`.
    return route.count("/") + 1, start[: start.rfind("/") + 1]


def _openness(pattern: URLPattern) -> tuple[list[int], int]:
    """Sort fixed segments before those that are partly open, and routes that take anything after those that do not."""
    segments = _bare(str(pattern.pattern)).split("/")
    open_ones = [0 if "<" not in segment else 1 if not re.fullmatch("<[^>]*>", segment) else 2 for segment in segments]
    return open_ones, -sum(":" in segment for segment in segments)


def _either(pattern: URLPattern) -> URLPattern:
    return URLPattern(
        EitherSlash(str(pattern.pattern), pattern.name), pattern.callback, pattern.default_args, pattern.name
    )
