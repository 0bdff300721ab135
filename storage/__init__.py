"""What is kept and how it is worked out: the store, the records, the rules. No Qt below this line."""
