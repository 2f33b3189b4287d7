"""Content: reading it, checking it, its facts. The only code that knows the file format."""
