"""The one SQLite file: engine, tables, journal, backups, migrations."""
