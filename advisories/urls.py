"""Addresses of warnings besides their pages."""

from django.urls import path

from advisories import drills, emergency, incidents, views

urlpatterns = [
    path("drills/<str:token>/feed.atom", drills.feed, name="drills"),
    path("drills/<str:token>/<int:page_id>/<int:number>/", drills.page, name="drill"),
    path("drills/<str:token>/<int:page_id>/<int:number>/cap.xml", drills.cap, name="drill_cap"),
    path("emergency/", emergency.card, name="emergency"),
    path("incidents/<int:number>/", incidents.timeline, name="incident"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
