from onsite.models.room import Room
from onsite.models.session import Session, SessionPart

__all__ = ["Room", "Session", "SessionPart"]
