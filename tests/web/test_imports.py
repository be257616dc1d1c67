"""Bringing a spreadsheet in through the pages."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.applications.models import Application
from onward.domain.exchange import services
from onward.domain.exchange.models import Import
from onward.platform import storage
from onward.platform.jobs import run_due
from tests.factories import ApplicationFactory, CompanyFactory, NoteFactory
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/import/"
CELLS = """Firm;Role;State;Sent;City
Nordwind;Engineer;applied;03/04/2026;Kiel
;Nobody's;applied;04/04/2026;
Südwind;=Cook;rejected;05/04/2026;Bremen
"""


def text(answer):
    return answer.content.decode()


def brought(browser, cells=CELLS):
    browser.open(LIST)
    answer = browser.send(LIST, cells=cells)
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def test_a_file_is_shown_before_anything_is_written(adas):
    adas.open(LIST)

    answer = adas.send(LIST, file=SimpleUploadedFile("mine.csv", CELLS.encode("cp1252")))
    page = text(adas.open(answer.headers["Location"]))

    assert "2 new, 1 that cannot be read." in page
    assert "Import 2 applications" in page
    assert "Südwind" in page
    assert not Application.objects.exists()


def test_an_import_ends_on_the_board_and_says_what_it_did(adas, ada):
    address = brought(adas)
    adas.open(address)

    adas.send(f"{address}start/")
    assert "are being written down" in text(adas.get(address))
    run_due()
    page = text(adas.get(address))

    assert "2 added, 1 broken." in page
    assert "Firm: is empty" in page
    assert {made.company.name for made in Application.objects.filter(owner=ada)} == {"Nordwind", "Südwind"}


def test_asking_twice_writes_once(adas):
    address = brought(adas)
    adas.open(address)

    adas.send(f"{address}start/")
    adas.send(f"{address}start/")
    run_due()
    adas.send(f"{address}start/")
    run_due()

    assert Application.objects.count() == 2


def test_a_column_and_the_order_of_dates_are_corrected(adas, ada):
    address = brought(adas)
    adas.open(address)

    # Firm, Role, State, Sent, City.
    fields = {"column_0": "company", "column_1": "job_title", "column_2": "status", "column_3": "applied_date"}
    adas.send(f"{address}columns/", **fields, column_4="notes", date_order="day first")
    adas.send(f"{address}start/")
    run_due()

    made = Application.objects.get(owner=ada, company__name="Nordwind")
    assert (str(made.applied_date), made.location) == ("2026-04-03", "")
    assert made.notes.get().content == "Kiel"


def test_a_file_whose_columns_say_nothing_is_mended_on_the_page(adas, ada):
    address = brought(adas, "Alpha,Beta\nNordwind,Engineer\n")
    assert "Which columns are company and job title?" in text(adas.open(address))

    adas.send(f"{address}columns/", column_0="company", column_1="job_title")
    assert "1 new." in text(adas.open(address))
    adas.send(f"{address}start/")
    run_due()

    assert Application.objects.get(owner=ada).job_title == "Engineer"


def test_what_makes_no_sense_of_a_column_is_said_and_nothing_is_lost(adas):
    address = brought(adas)
    adas.open(address)

    answer = adas.send(f"{address}columns/", column_0="location", column_1="location")

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert "2 new" in text(adas.get(address))


def test_broken_rows_come_back_as_a_file_with_what_is_wrong(adas):
    address = brought(adas)
    adas.open(address)
    adas.send(f"{address}start/")
    run_due()

    rows = list(csv.reader(io.StringIO(text(adas.get(f"{address}broken.csv")).removeprefix("\ufeff"))))

    assert rows[0] == ["Problem", "Firm", "Role", "State", "Sent", "City"]
    assert rows[1] == ["Firm: is empty", "", "Nobody's", "applied", "04/04/2026", ""]


def test_an_import_is_taken_back_but_for_what_was_touched_since(adas, ada):
    there = ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Before"))
    address = brought(adas)
    adas.open(address)
    adas.send(f"{address}start/")
    run_due()
    touched = Application.objects.get(company__name="Südwind")
    NoteFactory(application=touched)

    adas.send(f"{address}take-back/")
    page = text(adas.get(address))

    assert set(Application.objects.all()) == {there, touched}
    assert "Taken back. 1 stayed" in page
    assert "Südwind" in page
    adas.send(f"{address}take-back/")
    assert Application.objects.count() == 2


def test_a_file_that_was_left_alone_is_forgotten(adas):
    address = brought(adas)
    key = Import.objects.get().file_key
    adas.open(address)

    adas.send(f"{address}discard/")

    assert not Import.objects.exists()
    assert adas.get(address).status_code == 404
    assert key


def test_files_of_a_month_ago_are_removed_and_their_imports_stay(adas, django_capture_on_commit_callbacks):
    brought(adas)
    key = Import.objects.get().file_key

    with django_capture_on_commit_callbacks(execute=True):
        services.forget_old(at=timezone.now() + timedelta(days=29))
    assert storage.open_file(key)
    with django_capture_on_commit_callbacks(execute=True):
        services.forget_old(at=timezone.now() + timedelta(days=31))

    assert Import.objects.get().file_key == ""


@pytest.mark.parametrize("fields", [{}, {"cells": "  "}, {"cells": "%PDF-1.4"}])
def test_what_is_no_table_is_refused_beside_the_field(adas, fields):
    adas.open(LIST)

    answer = adas.send(LIST, **fields)

    assert answer.status_code == 422
    assert 'class="error"' in text(answer) or 'role="alert"' in text(answer)
    assert not Import.objects.exists()


@pytest.mark.parametrize("path", ["", "columns/", "start/", "take-back/", "discard/", "broken.csv"])
def test_anothers_import_does_not_exist(adas, ben, path):
    bens = signed_in(ben)
    address = brought(bens)

    assert adas.get(f"{address}{path}").status_code in {404, 405}
    assert adas.send(f"{address}{path}").status_code in {404, 405}
    assert Import.objects.get().state == "planned"


def test_no_value_breaks_an_import(adas):
    for value in POISON:
        adas.open(LIST)
        answer = adas.send(LIST, cells=f"Company,Title\n{value},{value}\n", file_name=str(value))
        assert answer.status_code in {302, 422}
        if answer.status_code == 302:
            address = answer.headers["Location"]
            assert adas.get(address).status_code < 500
            assert adas.send(f"{address}columns/", column_0=str(value), date_order=str(value)).status_code < 500
