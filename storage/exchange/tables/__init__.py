"""The one door for tables from outside, and what is made of a raw sheet."""
