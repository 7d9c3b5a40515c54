"""A small app of slow work, for the worker that is killed in the middle of it."""
