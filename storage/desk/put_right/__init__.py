"""To put right: what is late, missing or at odds in the whole file, each finding with the cell that mends it."""
