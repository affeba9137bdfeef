"""What holds for people without asking the database."""
