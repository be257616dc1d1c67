"""Bringing an account in again. Nothing that is there is changed, and what is there already is not made twice."""

import json
import uuid
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, models, transaction

from onward.domain.accounts.services import profiles
from onward.domain.applications.models import Document
from onward.domain.applications.services import documents
from onward.domain.community.models import Milestone, Progress
from onward.domain.community.services import progress
from onward.domain.exchange.account.archive import ABOUT, file_of, name_of
from onward.domain.exchange.account.rows import Row, Same
from onward.domain.exchange.account.tables import FORMAT, PROFILE, TABLES, Column, Table
from onward.domain.notifications.services import due_reminders, reminders
from onward.domain.reminders.models import Reminder
from onward.domain.resumes import services as resumes
from onward.domain.resumes.models import Resume
from onward.platform.record import append, append_all, name_key
from onward.platform.refusals import Invalid, Refusal

BATCH = 500
LONGEST_ROW = 4 * 1024 * 1024
# Of the largest file that any API takes, and a little more.
LARGEST_FILE = 10 * 1024 * 1024
MOST_FILES = 10_000
MOST_REASONS = 20
# What a database that does not take a row, or its driver, says.
UNTAKEN = (IntegrityError, DataError, OverflowError, ValueError, TypeError)


@dataclass
class Restored:
    """What became of an archive, by table.

    :ivar left: how many were not made: those that need other people's rows, and those that were refused
    :ivar refused: some of the reasons why rows that should have been made were not
    """

    made: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


class _Unfit(Exception):
    """A row cannot be made. The argument says why, to a person."""


class _Elsewhere(_Unfit):
    """A row refers to one that is not in the account."""


def restore(file: IO[bytes], *, owner: Any, at: datetime) -> Restored:
    """Make again what an archive holds, in somebody's account: all of it or, when that fails, nothing.

    Rows keep their uids where nobody on this server has them. Whoever does it twice has everything once.

    :raises Invalid: when it is no archive of an account, or one that this release cannot read
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive)
            restorer = _Restorer(archive, owner, at)
            tables = [table for table in TABLES if table.comes_back]
            # Before the transaction: reading takes longer than writing, and on SQLite all others would wait for it.
            for table in tables:
                if not table.merged:
                    restorer.read(table)
            with transaction.atomic():
                for table in tables:
                    (restorer.join if table.merged else restorer.write)(table)
                restorer.restore_files()
                # Last: what somebody says of themselves is an action, and their actions so far are there by then.
                restorer.restore_profile()
                _plan_mails(owner.pk, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise Invalid("This file is damaged, or no ZIP. Take your account out again.") from problem
    return restorer.restored


def _plan_mails(owner_id: int, at: datetime) -> None:
    """Plan the mails about what is to come: the archive tells of them, but it is this server that sends them."""
    reminders.plan_anew(owner_id=owner_id, at=at)
    open_ones = Reminder.objects.filter(owner_id=owner_id, completed_at=None, remind_at__gt=at)
    for reminder in open_ones.only("title", "remind_at").iterator(BATCH):
        due_reminders.move(
            owner_id=owner_id, reminder_id=reminder.pk, title=reminder.title, remind_at=reminder.remind_at, at=at
        )


def _check(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if ABOUT not in names or len(names) > MOST_FILES:
        raise Invalid("This ZIP does not hold an account: it has no account/about.json.")
    with archive.open(ABOUT) as file:
        try:
            known = json.loads(file.read(LONGEST_ROW))["format"]
        except (ValueError, KeyError, TypeError):
            known = None
    if not isinstance(known, int) or not 1 <= known <= FORMAT:
        raise Invalid("This ZIP was made by another release, whose accounts this one cannot read.")


class _Restorer:
    def __init__(self, archive: zipfile.ZipFile, owner: Any, at: datetime) -> None:
        self.restored = Restored()
        self._archive = archive
        self._owner = owner
        self._at = at
        # What rows of the archive are here: by their models and what they are called there.
        self._here: dict[Any, dict[str, int | Row]] = {Milestone: dict(Milestone.objects.values_list("key", "pk"))}
        self._wanted: dict[str, list[Row]] = {}
        self._files: dict[str, tuple[type[models.Model], Any, str, datetime]] = {}

    def restore_profile(self) -> None:
        """Fill the owner's account from the archive where it says nothing yet."""
        for row in self._rows(PROFILE):
            changes = {}
            for column in PROFILE.columns:
                unsaid = column.field.get_default()
                if column.name in row and getattr(self._owner, column.name) in (unsaid, None, ""):
                    changes[column.name] = row[column.name]
            # Name and address are how one signs in here, and who sees a profile is chosen here.
            changes.pop("username", None)
            changes.pop("profile_visibility", None)
            try:
                with transaction.atomic():
                    profiles.change(user_id=self._owner.pk, changes=changes, demands={}, at=self._at)
            except Refusal as problem:
                self._refuse(PROFILE, f"{', '.join(problem.fields or ['It'])} cannot be what it says.")

    def read(self, table: Table) -> None:
        """Find out which rows of one table are not here yet, and what they will be."""
        wanted = self._wanted.setdefault(table.name, [])
        if name_of(table) not in self._archive.namelist():
            return
        here = self._here.setdefault(table.model, {})
        same = Same(table, self._owner.pk)
        rows = self._rows(table)
        while batch := list(islice(rows, BATCH)):
            named = self._uids(table, [str(row.get("uid", "")) for row in batch])
            for row in batch:
                called = str(row.get("uid", ""))
                uid, key = named.get(called, (None, None))
                found: int | Row | None = key
                if found is None:
                    try:
                        values = self._values(table, row)
                    except _Unfit as problem:
                        self._leave(table, problem)
                        continue
                    if uid is not None:
                        values["uid"] = uid
                    found = same.find(values)
                    if found is None:
                        here[called] = new = Row(called, values)
                        same.take(new)
                        wanted.append(new)
                        continue
                here[called] = found
                self.restored.there[table.name] += 1

    def write(self, table: Table) -> None:
        """Make the rows of one table."""
        for start in range(0, len(self._wanted[table.name]), BATCH):
            rows = self._wanted[table.name][start : start + BATCH]
            for row in self._made(table, rows):
                self.restored.made[table.name] += 1
                if table.model in {Resume, Document} and (name := row.values["file_name"]):
                    told = (table.model, row.key, name, row.values["updated_at"])
                    self._files[file_of(UUID(row.called), name)] = told

    def join(self, table: Table) -> None:
        """Join how far somebody has come elsewhere with how far they are here."""
        if name_of(table) not in self._archive.namelist():
            return
        for row in self._rows(table):
            try:
                with transaction.atomic():
                    more = progress.join(there=Progress(**self._values(table, row)))
                (self.restored.made if more else self.restored.there)[table.name] += 1
            except _Unfit as problem:
                self._refuse(table, str(problem))
            except UNTAKEN:
                self._refuse(table, "The database does not take it: a value is out of its range.")

    def restore_files(self) -> None:
        """Store the files of the résumés and documents that were made."""
        for name, (model, key, file_name, updated_at) in self._files.items():
            try:
                with self._archive.open(name) as file:
                    content = ContentFile(file.read(LARGEST_FILE + 1), file_name)
                about: dict[str, Any] = {"file": content, "file_name": file_name, "largest": LARGEST_FILE}
                if model is Resume:
                    resumes.replace_file(owner_id=self._owner.pk, resume_id=key, at=self._at, **about)
                else:
                    documents.put_file(owner_id=self._owner.pk, document_id=key, **about)
                self.restored.made["files"] += 1
            except (KeyError, Invalid) as problem:
                why = problem.message if isinstance(problem, Invalid) else "It is not in the archive."
                self._refuse_named("files", f"{file_name}: {why}")
            # It is the file that came, not the row that changed.
            model._default_manager.filter(pk=key).update(updated_at=updated_at)

    def _rows(self, table: Table) -> Iterator[dict[str, Any]]:
        with self._archive.open(name_of(table)) as file:
            while line := file.readline(LONGEST_ROW):
                text = line.strip().rstrip(b",")
                if text in {b"", b"[", b"]", b"[]"}:
                    continue
                try:
                    row = json.loads(text)
                except ValueError:
                    row = None
                if isinstance(row, dict):
                    yield row
                else:
                    self._refuse(table, "This line is no row.")

    def _uids(self, table: Table, called: list[str]) -> dict[str, tuple[UUID, int | None]]:
        """Return which uid each row has here, and its key when it is there already.

        A uid that somebody else's row has becomes another one, and the same one each time.
        """
        if not any(column.name == "uid" for column in table.columns):
            return {}
        wanted = {name: uid for name in called if (uid := _uid(name))}
        found: dict[str, tuple[UUID, int | None]] = {}
        for _ in range(2):
            owner = table.owner + "_id" if "__" not in table.owner else table.owner
            rows = table.model._default_manager.filter(uid__in=wanted.values())
            there = {uid: (pk, whose) for uid, pk, whose in rows.values_list("uid", "pk", owner)}
            taken = {}
            for name, uid in wanted.items():
                pk, whose = there.get(uid, (None, self._owner.pk))
                if whose == self._owner.pk:
                    found[name] = uid, pk
                else:
                    taken[name] = uuid.uuid5(self._owner.uid, str(uid))
            wanted = taken
        return found

    def _values(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in table.columns:
            # A row of an older release lacks what came later.
            if column.name in row and column.name != "uid":
                values[column.field.attname] = self._value(column, row[column.name])
        values |= {name: give() for name, give in table.given.items()}
        if "__" not in table.owner:
            values[f"{table.owner}_id"] = self._owner.pk
        if table.keyed:
            values["name_key"] = name_key(values.get("name", ""))
        if table.shared and row.get(table.shared[0]) and values.get(f"{table.shared[0]}_id") is None:
            values[table.shared[1]] = False
        return values

    def _value(self, column: Column, value: Any) -> Any:
        own = column.field
        if own.is_relation:
            if value is None:
                return None
            found = self._here.get(own.related_model, {}).get(str(value))
            if found is None and not own.null:
                raise _Elsewhere(f"Its {own.verbose_name} is not in this account.")
            return found
        if isinstance(own, models.JSONField):
            return value
        try:
            value = own.to_python(value)
        except (ValidationError, TypeError, ValueError, OverflowError):
            # Some fields expect a text and do not ask.
            raise _Unfit(f"Its {own.verbose_name} cannot be read.") from None
        if isinstance(value, datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        longest = getattr(own, "max_length", None)
        if isinstance(value, str) and ("\x00" in value or (longest and len(value) > longest)):
            raise _Unfit(f"Its {own.verbose_name} is too long, or holds signs that no text has.")
        return value

    def _made(self, table: Table, rows: list[Row]) -> list[Row]:
        """Write rows: together, or each alone when the database refuses one of them."""
        fit = [row for row in rows if self._refers(table, row)]
        try:
            with transaction.atomic():
                keys = append_all(table.model, [row.values for row in fit])
            for row, key in zip(fit, keys, strict=True):
                row.key = key
            return fit
        except UNTAKEN:
            pass
        for row in fit:
            try:
                with transaction.atomic():
                    row.key = append(table.model, **row.values)
            except UNTAKEN:
                self._refuse(table, "The database does not take it: a value is out of its range.")
        return [row for row in fit if row.key is not None]

    def _refers(self, table: Table, row: Row) -> bool:
        """Put the keys of rows that are made by now where a row refers to them; False when one could not be."""
        for column in table.columns:
            found = row.values.get(column.field.attname)
            if isinstance(found, Row):
                row.values[column.field.attname] = found.key
                if found.key is None and table.shared and column.name == table.shared[0]:
                    row.values[table.shared[1]] = False
                if found.key is None and not column.field.null:
                    self._leave(table, _Elsewhere(f"Its {column.field.verbose_name} is not in this account."))
                    return False
        return True

    def _leave(self, table: Table, problem: _Unfit) -> None:
        if table.with_others and isinstance(problem, _Elsewhere):
            self.restored.left[table.name] += 1
        else:
            self._refuse(table, str(problem))

    def _refuse(self, table: Table, why: str) -> None:
        self._refuse_named(table.name, why)

    def _refuse_named(self, name: str, why: str) -> None:
        self.restored.left[name] += 1
        if len(self.restored.refused) < MOST_REASONS:
            self.restored.refused.append(f"{name}: {why}")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
