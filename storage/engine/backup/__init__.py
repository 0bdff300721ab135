"""Copies of a file: made, checked, thinned, read again, and gone back to."""
