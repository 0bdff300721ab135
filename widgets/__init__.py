"""Reusable widgets that know fields and values, never records or files."""
