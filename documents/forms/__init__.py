from documents.forms.documents import UploadDocumentsForm

__all__ = ["UploadDocumentsForm"]
