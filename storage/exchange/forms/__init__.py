"""Checklists that go out to be filled in by somebody else and come home, and as files to work on."""
