from documents.actions import documents

__all__ = ["documents"]
