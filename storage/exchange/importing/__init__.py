"""Somebody else’s register or list brought in: headings, columns, rows, words, what will happen, and writing."""
