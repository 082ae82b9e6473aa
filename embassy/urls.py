"""Every address of the service: files and staff pages once, everything else per language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.own_account import OwnAccount
from accounts.urls import instead as instead_of_theirs
from advisories.emergency import CardSitemap
from advisories.urls import for_machines
from embassy import api, guides, offline, views
from embassy.acts import requested_views
from embassy.files import in_use_views, media
from embassy.machines import holidays_feed
from embassy.mail.mailbox import mailbox_of_administrators
from embassy.mission import scoped_views
from embassy.readers import remarks
from embassy.release import publishing_desk
from embassy.search.view import search
from embassy.serving.session import session

handler400 = "embassy.serving.refusals.not_read"
handler403 = "embassy.serving.refusals.not_allowed"
handler404 = "embassy.views.not_found"
handler500 = "embassy.serving.refusals.broken"

# Ours in place of Wagtail's staff screens that show what all missions have, or say too much.
narrowed = [
    path("account/", OwnAccount.as_view()),
    path("tag-autocomplete/", scoped_views.tags),
    path("images/<int:image_id>/delete/", in_use_views.ImageDeleteView.as_view()),
    path("documents/delete/<int:document_id>/", in_use_views.DocumentDeleteView.as_view()),
    path("pages/<int:page_id>/privacy/", requested_views.AskingPrivacyView.as_view()),
    path(
        "pages/<int:page_id>/revisions/<int:revision_id>/unschedule/",
        requested_views.AskingUnscheduleView.as_view(),
    ),
    path(
        "settings/embassy/missionsettings/<int:site_id>/",
        requested_views.MissionSettingsView.as_view(),
    ),
    path(
        "pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/",
        scoped_views.MoveView.as_view(),
    ),
    *(
        path(
            f"pages/workflow/{way}/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
            publishing_desk.answer_here,
        )
        for way in ("action", "collect_action_data")
    ),
]

# Not behind Wagtail's own check, which leads who is not signed in to a page.
asked_by_editors = [
    path("session/", session, name="session"),
    path("session/<int:page_id>/", session, name="session_for_page"),
]

# Guides, where administrators can read them too; the first day is in the content editor as well.
guided = [
    path("first-day/", guides.first_day_of_others, name="first_day_of_others"),
    path("administrators/", guides.for_administrators, name="guide_for_administrators"),
    path("pictures/<slug:picture>.webp", guides.picture, name="guide_picture"),
]

# Wagtail's names for where a page that is kept private is opened, by a password or by signing in.
beside_pages = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.unlock,
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="wagtailcore_login",
    ),
]

urlpatterns = [
    path("admin/", include(asked_by_editors)),
    path("account/", include("accounts.urls")),
    *instead_of_theirs,
    path("admin/", include(decorate_urlpatterns(narrowed, require_admin_access))),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/guides/", include(decorate_urlpatterns(guided, admin.site.admin_view))),
    path(
        "django-admin/mailbox/",
        admin.site.admin_view(mailbox_of_administrators),
        name="mailbox_of_administrators",
    ),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("favicon.ico", views.icon, name="icon"),
    path("sw.js", offline.worker, name="worker"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"pages": views.PageSitemap, "card": CardSitemap}},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    re_path(r"^media/images/(?P<image>\d{1,18})/(?P<name>[\w.@+-]+)$", media.size_of_picture),
    re_path(r"^media/original_images/(?P<name>[\w.@+-]+)$", media.original),
    re_path(r"^media/", media.nothing),
    path("health/", views.health, name="health"),
    path("api/", include(api.addresses())),
    *for_machines,
]

urlpatterns += i18n_patterns(
    path("search/", search, name="search"),
    path("leaving/", views.leaving, name="leaving"),
    path("remarks/", remarks.take, name="remarks"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.without_network, name="without_network"),
    path("holidays.ics", holidays_feed.holidays, name="holidays"),
    path("", include("relations.urls")),
    path("", include("sections.urls")),
    path("", include("advisories.urls")),
    path("", include(beside_pages)),
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
    prefix_default_language=False,
)
