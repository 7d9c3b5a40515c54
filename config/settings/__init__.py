"""Settings from the environment: dev (the default), test, production."""
