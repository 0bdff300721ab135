"""Tables in files of other programs: looked over here, read in a process of its own, one small reader a format."""
