"""What can still be read of a damaged file, put together into a fresh one."""
