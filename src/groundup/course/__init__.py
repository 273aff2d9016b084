"""The course on disk: phases and lessons, and the notebooks that are built from their source."""
