"""Addresses of warnings besides their pages."""

from django.urls import path

from advisories import emergency, incidents, views

urlpatterns = [
    path("emergency/", emergency.card, name="emergency"),
    path("incidents/<int:number>/", incidents.timeline, name="incident"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
