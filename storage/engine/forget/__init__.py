"""Taking a person out of a file, its history and its copies for good."""
