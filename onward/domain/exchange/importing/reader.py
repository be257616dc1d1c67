"""From a table of text to applications: every cell becomes a field or a part of a note, or is named in a remark."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from onward.domain.applications.choices import ANSWERED, Priority, Source, Status
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.domain.exchange.cells import restore
from onward.domain.exchange.exporting import APPLICATION_HEADERS
from onward.domain.exchange.importing import dates, links, salaries, statuses, words
from onward.domain.exchange.importing.draft import WORDS, Draft, Sum
from onward.domain.exchange.importing.grid import Line
from onward.domain.exchange.importing.headers import SPARED, TELLING, Column, Meanings
from onward.domain.exchange.importing.reading import Table
from onward.domain.exchange.importing.rows import Entry, Fate, Row
from onward.platform.record import name_key

DATES = {"applied_date", "response_date", "next_action_date", "created_at"}
UNTITLED = "Untitled position"
TOTALS = {
    *("total", "totals", "grand total", "sum", "summe", "gesamt", "average", "avg", "mean"),
    *("subtotal", "somme", "suma"),
}
_LENGTHS: dict[str, Any] = {
    "company": Company._meta.get_field("name").max_length,
    **{
        name: getattr(Application._meta.get_field(name), "max_length", None)
        for name in ("job_title", "job_url", "location", "referrer_name", "next_action")
    },
}
_LONGEST_KEY: Any = Company._meta.get_field("name_key").max_length
# "Cook @ Acme", and how long either part may be.
_AT = re.compile(r"\s+(?:@|at|bei|chez|en)\s+|\s*@\s*", re.IGNORECASE)
_SHORT = 200


class Reader:
    """Reads the rows of one table by what its header and whole columns say."""

    def __init__(self, table: Table, meanings: Meanings, order: dates.Order | None = None) -> None:
        headers = [restore(cell) for cell in table.header.cells]
        # Our own export is taken at its word, to the last space.
        self.own = sorted(headers) == sorted(APPLICATION_HEADERS)
        self.columns = meanings.columns(headers)
        self.notes: list[str] = []
        # What the words of its columns were read as: how many cells, by column, text and meaning.
        self.readings: Counter[tuple[str, str, str]] = Counter()
        self.blank = 0
        self.without_currency = 0
        self._sheet = table.sheet
        self._by_field = {column.field: column for column in reversed(self.columns) if column.field}
        self._orders = self._date_orders(table.lines) if order is None else self._told_orders(order)
        self._scales = self._priority_scales(table.lines)
        self._units = {c.place: salaries.unit(c.header) for c in self.columns if "salary" in c.field + c.spare}
        self._stages = {
            column.place: stage
            for column in self.columns
            if not column.field + column.spare
            and "status" not in self._by_field
            and (stage := statuses.of_column(column.header))
        }
        if "company" not in self._by_field:
            self.notes.append('No column is the company: titles are read as "Cook @ Acme"')
        if "job_title" not in self._by_field:
            self.notes.append(f'No column is the job title: every application is called "{UNTITLED}"')

    def row(self, line: Line) -> Row | None:
        """Read a row; None when there is nothing in it."""
        if line.problem:
            return Row(line.number, Fate.FAIL, reason=line.problem, sheet=self._sheet, remarks=_named(line.cells))
        cells = [self._clean(cell) for cell in line.cells]
        if self._is_blank(cells):
            self.blank += 1
            return None
        if reason := self._is_no_application(cells):
            return Row(line.number, Fate.SKIP, reason=reason, sheet=self._sheet, remarks=_named(cells))
        if not self._cell(cells, "company") and not self._parted_title(cells):
            reason = f"{self._name('company')}: is empty"
            return Row(line.number, Fate.FAIL, reason=reason, sheet=self._sheet, remarks=_named(cells))
        draft = Draft()
        if parted := self._parted_title(cells):
            draft.values["job_title"], draft.company = parted
        for column, text in self._given(cells):
            self._read(draft, column, text, line.links.get(column.place, ""))
        entry = self._entry(draft)
        return Row(line.number, Fate.CREATE, entry, sheet=self._sheet, remarks=tuple(draft.remarks))

    def _clean(self, cell: str) -> str:
        text = restore(cell)
        return text if self.own else text.strip().replace("\u200b", "").replace("\ufeff", "")

    def _given(self, cells: Sequence[str]) -> Iterable[tuple[Column, str]]:
        lacking = {name for name in SPARED if words.is_nothing(self._cell(cells, name))}
        for place, text in enumerate(cells):
            if not text:
                continue
            column = self.columns[place] if place < len(self.columns) else Column(place, "", "")
            if column.spare in lacking and not words.is_nothing(text):
                lacking.remove(column.spare)
                column = replace(column, field=column.spare)
            yield column, text

    def _is_blank(self, cells: Sequence[str]) -> bool:
        """Whether a row has neither company nor title, and in other columns nothing but boxes nobody has checked."""
        if self._cell(cells, "company") or self._cell(cells, "job_title"):
            return False
        return all(not text or words.plain(text) in words.CHECKED | words.NOTHING for text in cells)

    def _is_no_application(self, cells: Sequence[str]) -> str:
        if self._cell(cells, "company") and self._cell(cells, "job_title"):
            return ""
        given = [text for text in cells if text and words.answer(text) is not False]
        first = words.plain(given[0]) if given else ""
        counted = all(not any(c.isalpha() for c in text) or ":" in text or "%" in text for text in given[1:])
        if counted and (first in TOTALS or first.startswith(("total ", "grand total ", "summe ", "gesamt "))):
            return "a row of totals"
        alone = len(given) == 1 and not self._cell(cells, "job_title")
        return "nothing else stands in the row" if alone else ""

    def _cell(self, cells: Sequence[str], name: str) -> str:
        column = self._by_field.get(name)
        return cells[column.place].strip() if column and column.place < len(cells) else ""

    def _parted_title(self, cells: Sequence[str]) -> tuple[str, str] | None:
        """Part "Cook @ Acme" into title and company, where no column is the company."""
        if "company" in self._by_field:
            return None
        parts = _AT.split(self._cell(cells, "job_title"), maxsplit=1)
        both = tuple(part.strip() for part in parts)
        return (both[0], both[1]) if len(both) == 2 and all(both) and max(map(len, both)) <= _SHORT else None

    def _name(self, field_name: str) -> str:
        column = self._by_field.get(field_name)
        return column.name if column else field_name.replace("_", " ")

    def _read(self, draft: Draft, column: Column, text: str, link: str) -> None:
        name = column.field
        if (name == "counted" and self.own) or (
            name == "job_title" and draft.company and "company" not in self._by_field
        ):
            return
        if link and name == "job_url" and (whole := links.address(link, longest=_LENGTHS["job_url"])):
            draft.values["job_url"] = whole
            if text not in {link, whole} and (label := links.meaningful(text)):
                draft.keep(column, label)
            return
        if name == "notes":
            first = column is self._by_field["notes"]
            draft.written.append(text if first else f"{column.name}: {text}")
        elif name in DATES:
            self._read_date(draft, column, text)
        elif reader := _READERS.get(name):
            reader(self, draft, column, text)
        else:
            draft.keep(column, text)
            if name in TELLING:
                draft.telling.append((column.name, text))
            if (stage := self._stages.get(column.place)) and self._is_reached(text):
                draft.reached.append(stage)
        if link and link not in text:
            if name == "job_title":
                draft.link = link
            else:
                draft.keep(column, link)

    def _is_reached(self, text: str) -> bool:
        """Whether a cell of a stage's own column is checked, or says when it was."""
        if (checked := words.answer(text)) is not None:
            return checked
        try:
            # Digits alone are more likely a sum, or a count.
            return not text.isdigit() and bool(dates.read_date(text, dates.Order.MONTH_FIRST))
        except ValueError as problem:
            return "has no year" in str(problem)

    def _read_name(self, draft: Draft, column: Column, text: str) -> None:
        name, link = links.parted(text) if not self.own else (text, "")
        longest = _LENGTHS[column.field]
        short = name[:longest]
        if column.field == "company":
            # What a name is known by may grow when its case is folded; only hostile text does that much.
            while len(name_key(short)) > _LONGEST_KEY:
                short = short[: len(short) // 2]
        if short != name:
            draft.keep(column, text, f"it is longer than {longest} characters, and cut")
        elif link:
            draft.keep(column, link)
        if column.field == "company":
            draft.company = short
        else:
            draft.values[column.field] = short

    def _read_date(self, draft: Draft, column: Column, text: str) -> None:
        word = words.plain(text)
        if word in words.NOTHING:
            return
        checked = words.answer(text)
        if checked is not None and column.field in {"applied_date", "response_date"}:
            self._read_box(draft, column, text, checked=checked)
            return
        if word in words.NO_DATE:
            draft.keep(column, text)
            return
        order = self._orders[column.place]
        try:
            if column.field == "created_at":
                draft.created_at = dates.read_instant(text, order)
            else:
                draft.values[column.field] = dates.read_date(text, order)
        except ValueError as problem:
            if column.field == "response_date" and (said := statuses.read(text)):
                draft.answered = draft.answered or said.answered
                draft.status = draft.status or (said if "status" not in self._by_field else None)
                draft.keep(column, text)
                return
            # A day without its year is a day all the same.
            if column.field == "applied_date" and "has no year" in str(problem):
                draft.sent = True
            draft.keep(column, text, str(problem))

    def _read_box(self, draft: Draft, column: Column, text: str, *, checked: bool) -> None:
        """Read a box in a column of dates: "Applied? x", "Heard back? yes"."""
        if column.field == "applied_date":
            draft.sent = checked
            self.readings[column.name, text, "applied" if checked else "not applied"] += 1
        else:
            draft.answered = draft.answered or checked
            self.readings[column.name, text, "answered" if checked else "not answered"] += 1
        if column.field == "response_date" or "status" in self._by_field:
            draft.keep(column, text)

    def _read_follow_up(self, draft: Draft, column: Column, text: str) -> None:
        """Read a column in which some write what they will do next, and others when."""
        word = words.plain(text)
        if word in words.NOTHING:
            return
        try:
            name, value = "next_action_date", dates.read_date(text, self._orders[column.place])  # type: str, Any
        except ValueError:
            name, value = "next_action", text
        if word in words.NO_DATE or name in self._by_field or len(text) > _LENGTHS["next_action"]:
            draft.keep(column, text)
        else:
            draft.values[name] = value

    def _read_text(self, draft: Draft, column: Column, text: str) -> None:
        longest = _LENGTHS.get(column.field)
        if words.plain(text) in words.CHECKED and column.field in {"referrer_name", "cover_letter"}:
            draft.keep(column, text)
        elif longest and len(text) > longest:
            draft.values[column.field] = text[:longest]
            draft.keep(column, text, f"it is longer than {longest} characters, and cut")
        else:
            draft.values[column.field] = text

    def _read_url(self, draft: Draft, column: Column, text: str) -> None:
        if self.own and (whole := links.address(text, longest=_LENGTHS["job_url"])):
            draft.values["job_url"] = whole
            return
        address, rest = links.read(text, longest=_LENGTHS["job_url"])
        if address:
            draft.values["job_url"] = address
        if rest and words.plain(rest) not in words.NOTHING:
            draft.keep(column, rest, "" if address else f'"{rest}" is no web address')

    def _read_word(self, draft: Draft, column: Column, text: str) -> None:
        if words.is_nothing(text):
            return
        match column.field:
            case "status":
                word = draft.status = statuses.read(text)
            case "priority":
                word = words.priority(text, self._scales[column.place])
            case "work_type":
                word = words.work_type(text, asks_remote="remote" in words.plain(column.header))
            case _:
                word = words.source(text)
        self.readings[column.name, text, str(word.value) if word else "unknown"] += 1
        if word:
            draft.values[column.field] = str(word.value)
        else:
            draft.unknown.add(column.field)
            if column.field == "status":
                draft.remarks.append(f'{column.name}: "{text}" is unknown; kept as a note')
        if not (word and word.exact):
            draft.keep(column, text)

    def _read_salary(self, draft: Draft, column: Column, text: str) -> None:
        if words.plain(text) in words.NOTHING:
            return
        if column.field == "salary_currency":
            draft.currency = salaries.currency(text) or salaries.currency(text.upper())
            if not draft.currency or len(text) > 4:
                draft.keep(column, text, "" if draft.currency else f'"{text}" is no currency that we know')
            return
        if self.own:
            found = salaries.read_own(text)
        else:
            read = salaries.read if column.field == "salary" else salaries.read_bound
            found = read(text, self._units[column.place])
        draft.sums.append(Sum(column, text, found))

    def _settle_salary(self, draft: Draft) -> None:
        found: dict[str, int] = {}
        named = {each.read.currency for each in draft.sums if each.read} | {draft.currency}
        named.discard("")
        if len(named) > 1:
            draft.remarks.append(f"{draft.sums[0].column.name}: it names more than one currency; kept as a note")
        for each in draft.sums:
            bounds = each.bounds()
            # Where there are columns for the ends of the range, they say it.
            used = {name: n for name, n in bounds.items() if each.column.field == name or name not in self._by_field}
            known = each.read is not None and len(named) < 2
            if known:
                found |= used
            because = ""
            if each.read is None:
                because = f'"{each.text}" is not read as a sum for a year'
            elif known and each.read.cut:
                because = f'"{each.text}" is no whole number'
            exact = self.own or (named and ((each.read and each.read.exact) or each.text.isdigit()))
            if not (known and used == bounds and exact):
                draft.keep(each.column, each.text, because)
        low, high = found.get("salary_min"), found.get("salary_max")
        if low is not None and high is not None and low > high:
            name = self._name("salary_min") if "salary_min" in self._by_field else draft.sums[0].column.name
            draft.remarks.append(f"{name}: {low} is more than the maximum, {high}; both kept as a note")
            for each in draft.sums:
                if (each.column.place, f"{each.column.name}: {each.text}") not in draft.leftovers:
                    draft.keep(each.column, each.text)
            return
        draft.values |= found
        if named and len(named) == 1 and (found or draft.currency):
            draft.values["salary_currency"] = named.pop()
        elif found and not self.own:
            self.without_currency += 1

    def _entry(self, draft: Draft) -> Entry:
        values = draft.values
        if not values.get("job_title"):
            values["job_title"] = UNTITLED
            if "job_title" in self._by_field:
                draft.remarks.append(f'{self._name("job_title")}: is empty; called "{UNTITLED}"')
        self._settle_salary(draft)
        self._settle_link(draft)
        self._settle_answer(draft)
        said = draft.said()
        if draft.created_at:
            draft.kept["created_at"] = draft.created_at.isoformat()
        values.setdefault("priority", Priority.MEDIUM.value)
        if not values.get("source"):
            unknown = "source" in draft.unknown
            values["source"] = Source.OTHER.value if unknown else links.source_of(values.get("job_url", ""))
        written = "\n\n".join(draft.written)
        leftovers = "\n".join(line for _, line in sorted(draft.leftovers, key=lambda placed: placed[0]))
        notes = tuple(note for note in (written, leftovers) if note)
        return Entry(
            draft.company,
            values,
            draft.created_at,
            notes,
            tuple(draft.telling),
            frozenset(draft.unknown),
            said,
            draft.kept,
        )

    def _settle_link(self, draft: Draft) -> None:
        """Take the link that is on the title, where no column says another."""
        if not draft.link:
            return
        address = links.address(draft.link, longest=_LENGTHS["job_url"])
        if address and not draft.values.get("job_url"):
            draft.values["job_url"] = address
        elif draft.link != draft.values.get("job_url"):
            draft.keep(self._by_field["job_title"], draft.link)

    def _settle_answer(self, draft: Draft) -> None:
        values = draft.values
        applied, answered = values.get("applied_date"), values.get("response_date")
        if applied and answered and answered < applied:
            del values["response_date"]
            because = f"{answered} is before {applied}, the day it was sent"
            draft.keep(self._by_field["response_date"], str(answered), because)
            draft.answered = True
        if stage := statuses.furthest(draft.reached):
            draft.status = draft.status or words.Word(stage, exact=False)
            draft.answered = draft.answered or bool(set(draft.reached) & {*ANSWERED, Status.ACCEPTED})
        if not draft.status:
            sent = draft.sent if draft.sent is not None else bool(applied or answered or draft.answered)
            values["status"] = Status.APPLIED.value if sent else Status.WISHLIST.value
        else:
            values["status"] = str(draft.status.value)
            draft.answered = draft.answered or draft.status.answered
        if draft.answered and not values.get("response_date") and values["status"] != Status.WISHLIST:
            values["has_undated_response"] = True

    def _date_orders(self, lines: Sequence[Line]) -> dict[int, dates.Order]:
        """Decide for each column of dates whether the day comes first: by the column, else by the other columns."""
        found = {
            column: dates.evidence(
                column.header, [line.cells[column.place] for line in lines if column.place < len(line.cells)]
            )
            for column in self.columns
            if column.field in DATES | {"follow_up"}
        }
        together = sum(found.values(), dates.Evidence())
        orders = {}
        for column, said in found.items():
            order = said.order or together.order
            orders[column.place] = order or dates.Order.MONTH_FIRST
            if said.mixed:
                self.notes.append(
                    f"{column.name}: some dates can only be {dates.Order.DAY_FIRST.value}, others only "
                    f"{dates.Order.MONTH_FIRST.value}; those that can be both are read {orders[column.place].value}"
                )
            elif said.either and not order:
                self.notes.append(
                    f"{column.name}: nothing tells days from months; dates such as 03/04/2026 are read month first"
                )
            elif said.either or said.order:
                why = "" if said.order else ", as in the other columns"
                self.notes.append(f"{column.name}: dates are read {orders[column.place].value}{why}")
        return orders

    def _told_orders(self, order: dates.Order) -> dict[int, dates.Order]:
        return {column.place: order for column in self.columns if column.field in DATES | {"follow_up"}}

    def _priority_scales(self, lines: Sequence[Line]) -> dict[int, words.Scale]:
        return {
            c.place: words.scale(c.header, (line.cells[c.place] for line in lines if c.place < len(line.cells)))
            for c in self.columns
            if "priority" in {c.field, c.spare}
        }


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return (f"it has: {', '.join(text for text in cells if text.strip())}",) if any(map(str.strip, cells)) else ()


_READERS: dict[str, Callable[[Reader, Draft, Column, str], None]] = {
    **dict.fromkeys(("company", "job_title"), Reader._read_name),
    **dict.fromkeys(("location", "referrer_name", "cover_letter", "job_description", "next_action"), Reader._read_text),
    **dict.fromkeys(WORDS, Reader._read_word),
    **dict.fromkeys(("salary", "salary_min", "salary_max", "salary_currency"), Reader._read_salary),
    "job_url": Reader._read_url,
    "follow_up": Reader._read_follow_up,
}
