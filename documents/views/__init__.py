from documents.views.document import document
from documents.views.upload_documents import upload_documents

__all__ = ["document", "upload_documents"]
