from django.urls import path

from accounts.views import details

app_name = "accounts"

urlpatterns = [
    path("account/details/", details.edit_details, name="edit-details"),
]
