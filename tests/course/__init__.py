"""A toy course: one clean lesson, and lessons that hold every kind of fault that `verify` must find."""
