"""The application: window, pages, commands, command line."""
