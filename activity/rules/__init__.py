"""Pure rules of the log."""
