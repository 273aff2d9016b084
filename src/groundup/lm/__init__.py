"""What language models of the course are fed with, trained and sampled by."""
