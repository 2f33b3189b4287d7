"""What administrators do: find people, and read who looked at whose record."""
