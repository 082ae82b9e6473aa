"""Addresses of warnings besides their pages."""

from django.urls import path, re_path

from advisories import drills, emergency, feeds, incidents, views, whole

urlpatterns = [
    path("drills/<str:token>/feed.atom", drills.feed, name="drills"),
    path("drills/<str:token>/<int:page_id>/<int:number>/", drills.page, name="drill"),
    path("drills/<str:token>/<int:page_id>/<int:number>/cap.xml", drills.cap, name="drill_cap"),
    path("emergency/", emergency.card, name="emergency"),
    path("incidents/<int:number>/", incidents.timeline, name="incident"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("alerts/feed.atom", feeds.alerts_atom, name="alerts_atom"),
    path("alerts/feed.rss", feeds.alerts_rss, name="alerts_rss"),
    path("alerts/archive.atom", feeds.alerts_archive, name="alerts_archive"),
    # Not a `path`: the address stays one that a page may take (see `embassy/links/addresses.py`).
    re_path("^travel-advisory/$", views.travel_advisory, name="travel_advisory"),
    path("travel-advisory/whole/", whole.whole, name="whole_advisory"),
    path("travel-advisory/feed.atom", feeds.advisory_atom, name="advisory_atom"),
]

# What holds all languages stands once, whatever language its reader speaks.
for_machines = [
    path("alerts/cap.atom", feeds.cap_index, name="cap_index"),
    path("alerts/alerts.geojson", views.alerts_geojson, name="alerts_geojson"),
    re_path(r"^alerts/(?P<slug>[\w-]+)/cap\.xml$", views.cap_message, name="alert_cap"),
    re_path(
        r"^alerts/(?P<slug>[\w-]+)/(?P<number>[1-9]\d{0,8})/cap\.xml$",
        views.cap_message,
        name="alert_cap_issue",
    ),
    path("travel-advisory/areas.geojson", views.advisory_areas, name="advisory_areas"),
    path("travel-advisory/advisory.json", views.advisory_json, name="advisory_json"),
]
