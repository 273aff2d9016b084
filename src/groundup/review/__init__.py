"""What comes back before it fades: when a question is due, how well an exercise is known, and where it hurts."""
