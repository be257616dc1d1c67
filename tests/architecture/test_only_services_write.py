"""One write path: what changes a row of the record stands in a service."""

import ast
import re

from tests.architecture.source import modules

# Services of the domain, what leaving means for an app, and the rooms of the platform that keep their own rows.
WRITERS = re.compile(
    r"^onward/domain/(\w+/)+(services(\.py|/.*\.py)|leaving\.py)$"
    r"|^onward/platform/(record|events|jobs|tokens|throttle|archive|search|bin)/"
)
# Reviewed: what is not a row of the record, or is Django's own way of making an account.
ALLOWED = {
    ("onward/domain/accounts/models.py", "create_user"): "Django's createsuperuser calls it",
    ("onward/domain/accounts/codes.py", "picture"): "a picture, not a row",
    ("onward/platform/storage/files.py", "store"): "a file, not a row",
    ("onward/domain/accounts/drawing/__main__.py", "main"): "a picture, not a row",
    ("onward/domain/exchange/typesetting.py", "joined"): "a file, not a row",
    ("onward/domain/assistant/providers/clients.py", "_openai"): "a question to a provider, not a row",
}

ALWAYS = {"save", "asave", "create", "acreate", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
OF_A_QUERYSET = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "get", "select_for_update"}


def names_in(node: ast.expr) -> set[str]:
    """Name everything that a chain such as ``Company.objects.filter(…)`` goes through."""
    names = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def service_names(tree: ast.Module) -> set[str]:
    """Name what a module has imported of services: calling ``services.create(…)`` is what everybody shall do."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if "services" in f"{node.module}.{alias.name}".split("."):
                    names.add(alias.asname or alias.name)
    return names


def writes(call: ast.Call, services: set[str]) -> bool:
    """Say whether a call looks like one that changes rows.

    A router's ``delete("/path")``, a store's ``delete(key)`` and a dictionary's ``update(other)`` take an argument
    without a name; a model's and a queryset's take none.
    """
    if isinstance(call.func, ast.Name):
        return call.func.id == "append"  # the platform's quick INSERT; a list's `append` is an attribute
    if not isinstance(call.func, ast.Attribute):
        return False
    name, chain = call.func.attr, names_in(call.func.value)
    if isinstance(call.func.value, ast.Name) and call.func.value.id in services:
        return False
    if name in ALWAYS:
        return True
    if name in {"delete", "adelete"}:
        return not call.args
    if name in {"update", "aupdate"}:
        return bool(chain & OF_A_QUERYSET) or (bool(call.keywords) and not call.args)
    return name == "execute" and any(
        isinstance(argument, ast.Constant) and re.match(r"\s*(INSERT|UPDATE|DELETE)\b", str(argument.value), re.I)
        for argument in call.args
    )


def found_in(tree: ast.Module) -> list[tuple[str, int, str]]:
    """List the writes of a module: in which function, on which line, and what."""
    services = service_names(tree)
    found = []

    def search(node: ast.AST, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Call) and writes(child, services):
                found.append((inside, child.lineno, ast.unparse(child)[:80]))
            search(child, inside)

    search(tree, "")
    return found


def test_only_services_write():
    strangers = [
        f"{path}:{line} in {function or 'the module'}: {text}"
        for path, tree in modules()
        if not WRITERS.match(path)
        for function, line, text in found_in(tree)
        if (path, function) not in ALLOWED
    ]

    assert not strangers, "These write outside a service (or belong on the reviewed list):\n" + "\n".join(strangers)


def test_the_reviewed_list_holds_nothing_that_is_gone():
    found = {(path, function) for path, tree in modules() for function, _, _ in found_in(tree)}

    assert set(ALLOWED) <= found


def test_the_search_sees_every_way_of_writing():
    seen = """
company.save()
Company.objects.create(name="")
Company.objects.filter(pk=1).update(name="")
Company.objects.filter(pk=1).delete()
company.delete()
rows.update(name="")
Company.objects.bulk_create([])
cursor.execute("DELETE FROM companies_company")
append(Company, name="")
"""
    unseen = """
from onward.domain.companies import services
services.create(name="")
services.delete(company=company)
router.delete("/path")
rows.append(row)
names.update(other)
store.delete(key)
cursor.execute("SELECT 1")
"""
    assert len(found_in(ast.parse(seen))) == 9
    assert found_in(ast.parse(unseen)) == []
