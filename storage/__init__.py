"""What is kept and how it is worked out: the store, the records, the rules. No Qt below this line."""

__version__ = (
    "0.1.0"  # of the program; said here too, since asking the installation for it takes a tenth of a start
)
