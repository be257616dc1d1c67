"""What import-linter cannot say: it sees packages, not their modules."""

import ast

from onward.platform.jobs.registry import find
from tests.architecture.source import modules


def imported(tree: ast.Module) -> set[str]:
    """Name every module that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_domain_knows_nothing_of_http():
    strangers = {
        path: sorted(found)
        for path, tree in modules("onward/domain")
        if not path.endswith("admin.py")
        if (
            found := {
                name for name in imported(tree) if name.startswith(("django.http", "django.urls", "django.views"))
            }
        )
    }

    assert not strangers


def test_jobs_are_asked_for_by_names_that_stand_there_and_that_an_app_declares():
    asked = [
        (path, call.lineno, call.args[0])
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"enqueue", "later"}
        # Where `later` itself hands on what it was given; the check of the table of reactions looks at that.
        if path != "onward/platform/events/reactions.py"
    ]

    assert len(asked) > 10
    for path, line, name in asked:
        assert isinstance(name, ast.Constant), f"{path}:{line}: the name of a job must stand there as text"
        assert find(name.value).name == name.value


def test_nothing_is_called_a_utility():
    names = {"utils.py", "helpers.py", "common.py", "signals.py"}

    assert not [path for path, _ in modules() if path.rsplit("/", 1)[-1] in names]


def test_no_model_orders_itself():
    ordered = [
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for line in node.body
        if isinstance(line, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "ordering" for t in line.targets)
    ]

    assert not ordered


def test_nothing_listens_to_signals():
    listeners = [path for path, tree in modules() if any("django.db.models.signals" in name for name in imported(tree))]

    assert not listeners
