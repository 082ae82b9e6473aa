"""The addresses of languages: which has no prefix, and how a path moves to another one."""

from django.conf import settings

PREFIX_FREE = settings.LANGUAGE_CODE


def with_prefix(path: str, language: str) -> str:
    """Put a language's prefix before a path that has none; the default language has none."""
    return path if language == PREFIX_FREE else f"/{language}{path}"


def without_prefix(path: str) -> str:
    """Take a language's prefix off a path."""
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            return path[len(code) + 1 :] or "/"
    return path


def language_name(code: str) -> str:
    """Give a language's name in the reader's language."""
    return str(dict(settings.LANGUAGES).get(code, code))


def path_of(page) -> str | None:
    """Give a page's address without the host; None for one that no site serves."""
    parts = page.get_url_parts()
    return parts[2] if parts else None
