"""What managers and leads do: their own people by name, and figures for the organisation."""
