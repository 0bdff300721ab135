"""What a file begins with: reference lists, views, the sample, and what opening it brings up to date."""
