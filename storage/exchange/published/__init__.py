"""What is published: the Transparency Code, Open Contracting, provider selection, the pipeline, calendars."""
