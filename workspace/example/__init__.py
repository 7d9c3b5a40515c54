"""The example: a joint inspection of Glenmarrow, an area that does not exist, carried on by the real deeds."""
