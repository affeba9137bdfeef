"""When to tell somebody something, and by which way; pure."""
