"""What others can trust: which agreement ran when, and the trust pack, written from what runs."""
