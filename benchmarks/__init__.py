"""How fast the product is on a big organisation, beside the same data fetched by plain SQL. `make bench`."""
