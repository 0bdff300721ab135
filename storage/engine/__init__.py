"""The SQLite engine: fields, steps, history, search, copies. It knows no word of contracts."""
