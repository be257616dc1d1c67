"""Keeping the counts of entries (`EntryCount`) by triggers: whoever writes an entry, and by whatever statement."""

from typing import Any

from django.db.migrations.operations.base import Operation

_EVENTS = ("INSERT", "UPDATE OF status, hidden_at, removed_at", "DELETE")
_PLACE = "coalesce({row}parent_id, {row}forum_id, 0)"
# As `queries.entries.standing` says it.
_STANDS = "{row}status = 'published' AND {row}hidden_at IS NULL AND {row}removed_at IS NULL"
_SUBTRACT = (
    f"UPDATE writing_entrycount SET count = count - 1 WHERE kind = {{row}}kind AND place_id = {_PLACE} AND {_STANDS};"  # noqa: S608 - its own words
).format(row="OLD.")
_ADD = (
    f"INSERT INTO writing_entrycount (kind, place_id, count) SELECT {{row}}kind, {_PLACE}, 1 WHERE {_STANDS} "
    "ON CONFLICT (kind, place_id) DO UPDATE SET count = writing_entrycount.count + 1;"
).format(row="NEW.")
_FILL = (
    "INSERT INTO writing_entrycount (kind, place_id, count) "  # noqa: S608 - its own words
    f"SELECT {{row}}kind, {_PLACE}, COUNT(*) FROM writing_entry WHERE {_STANDS} GROUP BY 1, 2"
).format(row="")


class KeepCounts(Operation):
    """Keep the counts of entries from now on, and count what is there.

    SQLite loses a table's triggers when a migration remakes it: one that does so with entries ends with this.
    """

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are in no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in (*making(vendor), "DELETE FROM writing_entrycount", _FILL):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON writing_entry"
        for event in _EVENTS:
            schema_editor.execute(f"DROP TRIGGER {_name(event)}{on_table}")

    def describe(self) -> str:
        return "Keep the counts of entries"


def making(vendor: str) -> list[str]:
    """Return the statements that make the triggers, where they are missing."""
    found = []
    for event in _EVENTS:
        name = _name(event)
        body = " ".join([*([_SUBTRACT] if event != "INSERT" else []), *([_ADD] if event != "DELETE" else [])])
        if vendor == "sqlite":
            found.append(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON writing_entry BEGIN {body} END")
        else:
            found += [
                # Counting takes as long as it takes.
                "SET LOCAL statement_timeout = 0",
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {body} RETURN NULL; END $$",
                f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON writing_entry "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            ]
    return found


def _name(event: str) -> str:
    return f"writing_count_{event.split()[0].lower()}"
