"""Letters: their templates, the places in them and what fills those."""
