import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from onward.domain.applications.models import Application
from onward.domain.companies.models import Company

FILES = Path(__file__).parent / "files"

pytestmark = pytest.mark.django_db


def run(file, *options, user="ada@example.org"):
    out = StringIO()
    problem = None
    try:
        call_command("import-applications", str(file), "--user", user, *options, stdout=out)
    except CommandError as error:
        problem = error
    return out.getvalue(), problem


def test_imports_a_file_and_says_what_it_did(ada):
    out, problem = run(FILES / "german.csv", user="ADA@example.org ")

    assert problem is None
    assert Application.objects.filter(owner=ada).count() == 4
    assert "windows-1252, semicolon" in out
    assert re.search(r"│ Ansprechpartner +│ contact +│", out)
    assert "Note: Beworben am: dates are read day first." in out
    assert "Created │ 4" in out


def test_the_second_time_skips_everything(ada):
    run(FILES / "german.csv")
    out, problem = run(FILES / "german.csv")

    assert problem is None
    assert "Skipped │ 4" in out
    assert "already in the record" in out


def test_fails_with_row_numbers_and_reasons_when_rows_failed(ada):
    out, problem = run(FILES / "google-sheet.csv")

    assert (problem.returncode, str(problem)) == (1, "1 of 10 rows failed. Correct and import again.")
    assert "│ 13  │ Company: is empty" in out
    assert '│ 14  │ Date Applied: "2/30/2026" is not a day of the calendar; kept as a note' in out
    assert Application.objects.count() == 9


def test_a_dry_run_shows_what_would_happen_and_writes_nothing(ada):
    out, problem = run(FILES / "huntr-like.csv", "--dry-run")

    assert problem is None
    assert "Would be created │ 4" in out
    assert "Lucerne Publishing" in out
    assert not Application.objects.exists()
    assert not Company.objects.exists()


def test_its_owner_says_what_a_column_is(ada, tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_text("Company,Title,Kolonne = x\nAcme,Cook,Absage\n")

    _, problem = run(file, "--map", "Kolonne = x=status")

    assert problem is None
    assert Application.objects.get().status == "rejected"


@pytest.mark.parametrize(("said", "why"), [("Title", "write the column and the field"), ("Title=x", "A column can be")])
def test_what_its_owner_says_of_a_column_must_make_sense(ada, said, why):
    _, problem = run(FILES / "german.csv", "--map", said)
    assert why in str(problem)


def test_the_preview_shows_every_field_as_it_will_be_and_what_is_unknown(ada, tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_text("Company,Title,Status,Salary,Link\nAcme,Cook,Background check,CHF 90k,acme.example/1\n")

    out, _ = run(file, "--dry-run")

    for line in (
        "status: unknown, taken as Wishlist",
        "salary min: 90000",
        "salary currency: CHF",
        "job url: https://acme.example/1",
        "note: Status: Background check",
        '! Status: "Background check" is unknown; kept as a note',
    ):
        assert line in out


def test_a_progress_bar_is_for_terminals(ada):
    out, _ = run(FILES / "german.csv")
    assert "Importing" not in out
    assert "\x1b" not in out


def test_what_stands_in_a_cell_cannot_command_the_terminal(ada, tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_text("Company,Title,\x1b]0;owned\x07\nAcme\x1b[2J,[red]Cook[/red],x\n")

    out, _ = run(file, "--dry-run")

    assert "\x1b" not in out
    assert "[red]Cook[/red]" in out


@pytest.mark.parametrize(
    ("content", "user", "why"),
    [
        (b"Foo,Bar\n1,2\n", "ada@example.org", "No column of the file is a company or a job title"),
        (b"PK\x03\x04", "ada@example.org", "Save the sheet as CSV"),
        (b"Company,Title\n", "nobody@example.org", "There is no account with the address nobody@example.org."),
        (None, "ada@example.org", "No such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(ada, tmp_path, content, user, why):
    file = tmp_path / "sheet.csv"
    if content is not None:
        file.write_bytes(content)

    out, problem = run(file, user=user)

    assert why in str(problem)
    assert problem.returncode == 1
    assert out == ""
