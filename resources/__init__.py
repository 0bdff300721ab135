"""Data carried inside the program: checklists, print layouts, fonts, icons, reference lists, sample."""
