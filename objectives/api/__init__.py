"""REST: cycles, and the bodies of objectives and key results."""
