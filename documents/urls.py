"""Addresses of documents. An upper app links to them; it has no address of its own for files."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("documents/<uuid:public_id>/", views.document, name="document"),
    path(
        "documents/to/<str:holder_type>/<str:holder_id>/upload/",
        views.upload_documents,
        name="upload-documents",
    ),
]
