"""REST: strategic priorities and alignment links."""
