"""Rich text inside frozen rows: no signature of ours, no reference that could change its meaning.

Links to pages and documents are frozen as their addresses of the day; addresses elsewhere stay as
they were written, and are led through the leaving-site notice only when they are shown.
"""

from bs4 import BeautifulSoup
from wagtail.documents import get_document_model

from embassy.links import linked
from embassy.links.leaving import leaving_url


def freeze_html(source: str) -> str:
    """Give stored rich text as plain HTML whose links say where they lead."""
    soup = BeautifulSoup(source, "html.parser")
    for link in soup.find_all("a"):
        address = address_of(link)
        link.attrs = {"href": address} if address else {}
        if not address:
            link.unwrap()
    return str(soup)


def address_of(link) -> str:
    """Give where a link of stored rich text leads, or nothing when that is gone.

    A page of ours answers in the active language where it does.
    """
    kind = link.get("linktype")
    if kind == "page":
        return linked.address_of(linked.linked_pages([link.attrs])[0])
    if kind == "document":
        document = get_document_model().objects.filter(pk=link.get("id")).first()
        return document.url if document else ""
    return link.get("href", "")


def show_html(frozen: str) -> str:
    """Lead the addresses elsewhere of a frozen text through the leaving-site notice."""
    if "://" not in frozen:
        return frozen
    soup = BeautifulSoup(frozen, "html.parser")
    for link in soup.find_all("a", href=True):
        if "://" in link["href"]:
            address = leaving_url(link["href"])
            link.attrs = {"href": address, "rel": "external"} if address else {}
    return str(soup)


def absolute_html(frozen: str, root: str) -> str:
    """Give a frozen text for readers elsewhere: addresses of this site with its host."""
    soup = BeautifulSoup(frozen, "html.parser")
    for link in soup.find_all("a", href=True):
        if link["href"].startswith("/"):
            link["href"] = root + link["href"]
    return str(soup)
