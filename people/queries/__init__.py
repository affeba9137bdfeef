"""What the pages about people, teams and tokens show."""
