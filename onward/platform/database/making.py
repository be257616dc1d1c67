"""The tables of an empty database, made at once.

Migrating an empty database step by step makes each table as it was at first and then changes it, and for each step
Django renders the models of that day anew: some fifteen thousand of them, which takes longer than everything that the
database does. Here the tables are made as they are at the end.
"""

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.recorder import MigrationRecorder

# What these do to tables is in the tables at the end; whatever else a migration does, it does to those.
OF_TABLES = (ModelOperation, FieldOperation, IndexOperation)


def is_empty(connection: Any) -> bool:
    """Return whether a database has no table yet."""
    return not connection.introspection.table_names()


def make(connection: Any) -> None:
    """Make the tables of an empty database and note all migrations as applied, in one transaction.

    Rows that migrations write, and tables that are no model's, are made by their own operations in their order. These
    meet the models as they are at the end.
    """
    executor = MigrationExecutor(connection)
    wanted = executor.loader.graph.leaf_nodes()
    state = executor.loader.project_state(wanted)
    MigrationRecorder(connection).ensure_schema()
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _ in executor.migration_plan(wanted):
            for operation in migration.operations:
                if not isinstance(operation, OF_TABLES):
                    operation.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(migration.app_label, migration.name)
