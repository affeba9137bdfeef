"""Rows of the REST interface that show more than one app. Each list costs the same queries for 1 and for 500 rows."""
