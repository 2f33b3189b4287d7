"""What happened: tables, sessions, and the reads and writes of people's data."""
