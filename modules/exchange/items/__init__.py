"""Items in the formats that trainers bring and take: one file a format, one form between them."""
