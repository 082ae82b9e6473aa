"""Addresses of warnings besides their pages."""

from django.urls import path

from advisories import views

urlpatterns = [path("verify/<str:code>/", views.verify, name="verify")]
