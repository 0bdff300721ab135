"""Dialogs and sheets that ask one thing."""
