"""Bytes that somebody else made, read by a process of their own."""
