"""Mail: what Steward sends, and how."""
