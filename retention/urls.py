from django.urls import path

from retention.views import disposal, holds, keeping, packs, proceedings

app_name = "retention"

urlpatterns = [
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/periods/", keeping.periods, name="periods"),
    path("keeping/lists/<str:number>/", disposal.disposal_list, name="disposal-list"),
    path("keeping/lists/<str:number>/approve/", disposal.approve_disposal, name="approve-disposal"),
    path(
        "keeping/lists/<str:number>/items/<int:item>/spare/",
        disposal.spare_item,
        name="spare-item",
    ),
    path("keeping/packs/make/", packs.make_subject_access_pack, name="make-subject-access-pack"),
    path("keeping/packs/<int:pack>/", packs.subject_access_pack, name="subject-access-pack"),
    path(
        "inspections/<str:reference>/keeping/",
        keeping.inspection_keeping,
        name="inspection-keeping",
    ),
    path(
        "inspections/<str:reference>/keeping/hold/",
        holds.place_legal_hold,
        name="place-legal-hold",
    ),
    path(
        "inspections/<str:reference>/keeping/lift/", holds.lift_legal_hold, name="lift-legal-hold"
    ),
    path(
        "inspections/<str:reference>/keeping/submission/",
        proceedings.record_submission,
        name="record-submission",
    ),
    path(
        "inspections/<str:reference>/keeping/proceedings/",
        proceedings.record_proceedings,
        name="record-proceedings",
    ),
    path(
        "inspections/<str:reference>/keeping/proceedings/<int:proceedings>/end/",
        proceedings.end_proceedings,
        name="end-proceedings",
    ),
]
