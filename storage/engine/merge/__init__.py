"""Two copies of one file: what each has changed since they parted, and taking it over."""
