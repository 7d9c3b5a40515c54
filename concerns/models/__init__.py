from concerns.models.concern import Concern, ConcernDecision, ConcernNote

__all__ = ["Concern", "ConcernDecision", "ConcernNote"]
