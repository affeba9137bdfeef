"""Questions about the log and the background work."""
