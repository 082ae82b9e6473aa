"""The shared app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EmbassyConfig(AppConfig):
    """Finds what the other apps offer by module name: moments, proofs, trees, uses of files."""

    name = "embassy"
    verbose_name = _("Embassy")

    def ready(self) -> None:
        """Load rules, policies, the audit, letters, French hours and the other apps' moments."""
        from embassy import (
            checks,  # noqa: F401
        )
        from embassy.acts import (
            alone,
            requested_letters,  # noqa: F401
        )
        from embassy.auditing import (
            audit_sources,  # noqa: F401
        )
        from embassy.files import (
            file_writers,  # noqa: F401
            in_use,  # noqa: F401
        )
        from embassy.language import french
        from embassy.mission import (
            permissions,  # noqa: F401
        )
        from embassy.release import publishing_letters
        from embassy.search import (
            reindexing,  # noqa: F401
        )
        from embassy.translations import typists  # noqa: F401

        alone.guard_restrictions()
        publishing_letters.instead_of_wagtails()
        french.write_dates_and_hours()
        autodiscover_modules("moments", "offline", "proofs", "tree", "uses")
