"""REST: what shows more than one app: objectives, key results, the tree, the progress feed, the caller."""
