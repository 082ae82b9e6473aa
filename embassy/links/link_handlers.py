"""How links in rich text are followed: to pages, to documents, and away from the site."""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from embassy.links.leaving import leaving_url
from embassy.links.linked import address_of, language_of, linked_documents, linked_pages


class ExternalLink(LinkHandler):
    """An address elsewhere in rich text: it goes through the leaving-site notice."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        """Give the opening tag with the signed address."""
        href = leaving_url(attrs["href"])
        return f'<a href="{escape(href)}" rel="external">' if href else "<a>"


class PageLinks(PageLinkHandler):
    """A link to a page of ours; one to a page that is gone stays as plain words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Give the opening tags."""
        return [opening_tag(page) for page in linked_pages(attrs_list)]


def opening_tag(page) -> str:
    """Open a link to a page, with its language where that is not the reader's."""
    address, language = address_of(page), language_of(page)
    told = f' hreflang="{language}"' if language else ""
    return f'<a href="{escape(address)}"{told}>' if address else "<a>"


class DocumentLinks(DocumentLinkHandler):
    """A link to a document of ours."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Give the opening tags."""
        documents = linked_documents(attrs_list)
        return [f'<a href="{escape(one.url)}">' if one else "<a>" for one in documents]
