import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, include, path, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404

from onward.platform.http.slashes import Mount


def view(name: str):
    def answer(request: HttpRequest, **parameters: object) -> HttpResponse:
        return HttpResponse(name)

    answer.__name__ = name
    return answer


ROUTES = (
    [
        path("things/", view("things"), name="things"),
        path("things/<thing>/", view("thing"), name="thing"),
        path("things/<int:number>/parts/<part>", view("part"), name="part"),
        path("things/<thing>/parts/all/", view("all_parts"), name="all-parts"),
        path("things/special/", view("special"), name="special"),
        path("things/file-<name>.csv", view("file"), name="file"),
        path("<kind>/any/", view("kind"), name="kind"),
        path("deep/<path:rest>/end/", view("deep"), name="deep"),
        path("", view("root"), name="root"),
    ],
    "api",
    "first",
)
urlpatterns = [Mount("first/", ROUTES), Mount("", ROUTES, namespace="second"), path("pages/", include([]))]


@pytest.fixture
def resolve():
    resolver = get_resolver(__name__)

    def found(address: str) -> tuple[str, dict]:
        match = resolver.resolve(address)
        return match.func.__name__, match.kwargs

    return found


@pytest.mark.parametrize("prefix", ["/first/", "/"])
@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(
    ("address", "name", "parameters"),
    [
        ("things", "things", {}),
        ("things/7", "thing", {"thing": "7"}),
        ("things/special", "special", {}),
        ("things/7/parts/x", "part", {"number": 7, "part": "x"}),
        ("things/7/parts/all", "all_parts", {"thing": "7"}),
        ("things/x/parts/all", "all_parts", {"thing": "x"}),
        ("things/file-a.b.csv", "file", {"name": "a.b"}),
        ("other/any", "kind", {"kind": "other"}),
        ("things/any", "thing", {"thing": "any"}),
        ("deep/a/b/c/end", "deep", {"rest": "a/b/c"}),
        ("things/ä%20 b", "thing", {"thing": "ä%20 b"}),
    ],
)
def test_a_route_matches_with_and_without_its_last_slash(resolve, prefix, slash, address, name, parameters):
    assert resolve(f"{prefix}{address}{slash}") == (name, parameters)


@pytest.mark.parametrize(
    "address", ["/things//", "/things//7", "/first/nothing/here/at/all", "/things/7/parts", "/first//things"]
)
def test_two_slashes_and_unknown_paths_match_nothing(resolve, address):
    with pytest.raises(Resolver404):
        resolve(address)


def test_the_root_of_a_mount_matches(resolve):
    assert resolve("/first/") == ("root", {})
    assert resolve("/") == ("root", {})


def test_addresses_are_made_as_the_routes_are_written():
    assert reverse("first:thing", __name__, kwargs={"thing": "7"}) == "/first/things/7/"
    assert reverse("second:part", __name__, kwargs={"number": 7, "part": "x"}) == "/things/7/parts/x"
    with pytest.raises(NoReverseMatch):
        reverse("first:nothing", __name__)


def test_a_match_knows_its_route_and_names():
    match = get_resolver(__name__).resolve("/first/things/7")

    assert (match.route, match.view_name, match.namespaces) == ("first/things/<thing>/", "first:thing", ["first"])
