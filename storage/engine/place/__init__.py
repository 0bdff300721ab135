"""Where a file lies, what is known of it, and the one way to open it there."""
