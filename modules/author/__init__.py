"""What trainers do: see what is published and what is wrong with it, and try it as a learner."""
