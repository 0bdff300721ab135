"""Formatted text in Word and as a web page, out and in."""
