"""One exercise against one object: tried in a process of its own, compared, and explained."""
