"""Questions that pages and the API ask about objectives alone."""
