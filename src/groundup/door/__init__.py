"""What a learner calls, and where this process stands."""
