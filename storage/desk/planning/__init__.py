"""Looking ahead: the last safe day, the forward plan, the timeline, the calendar, and extend against buying again."""
