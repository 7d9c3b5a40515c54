"""Every file that enters: streamed, hashed, looked at, scanned, versioned, and given only to those
who may read it.
"""
