"""One file per format; each gives the text in reading order, a paragraph a line. ``assistant.ingest.read`` chooses."""
