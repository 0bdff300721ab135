"""The tests of Commissioning Desk, laid out as the source is."""
