"""What is kept and how it is worked out: the store, the records, the rules. No Qt below this line."""

# Of the program, said here alone: asking the installation for it would take a tenth of a start.
__version__ = "0.5.0"
