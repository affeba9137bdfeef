"""REST: people, teams, tokens' scopes, and the base of every view."""
