"""Checks the links of published pages and keeps what leads nowhere, page by page.

A problem keeps the day it was first seen. One that is mended, or whose link is gone from its page,
goes at the next check; what is wrong elsewhere is only judged when servers elsewhere are asked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.test import RequestFactory
from wagtail.documents import get_document_model
from wagtail.log_actions import log
from wagtail.models import Page, Site

from embassy.links.link_requests import Asker, Fault
from embassy.links.linked import forget
from embassy.links.page_links import Link, links_of
from embassy.mission.belonging import home_path, site_of
from embassy.mission.roots import root_of
from embassy.models import LinkProblem
from embassy.models.links import LinkFault

LOCK = 0x6C696E6B  # the number under which PostgreSQL knows this lock
CHECKED = "embassy.check_links"
OWN_REDIRECTS = 5
IDS = re.compile(rb"""\s(?:id|name)=["']?([^"'\s>]+)""")

Say = Callable[[str], None]


class Busy(Exception):
    """Another check is running."""


@contextmanager
def alone() -> Iterator[None]:
    """Let one check at a time go on; raises Busy. A killed one gives way with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Check:
    """One check of one mission's links; addresses elsewhere are asked for once, if at all."""

    def __init__(self, site: Site, at: datetime, asker: Asker | None, dry_run: bool = False):
        self.site, self.at, self.asker, self.dry_run = site, at, asker, dry_run
        self.counts: Counter[str] = Counter()
        self.known: dict[str, Fault] = {}
        self.bodies: dict[str, tuple[int, bytes]] = {}
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def run(self, say: Say) -> Counter:
        """Check page by page, say how far it is, and give the counts."""
        pages = pages_of(self.site)
        for number, page in enumerate(pages, 1):
            problems = self.check(page.specific)
            say(f"{number}/{len(pages)} {page.title}: {len(problems)} broken")
        if not self.dry_run:
            gone = LinkProblem.objects.for_site(self.site).exclude(page__in=pages)
            self.counts["mended"] += gone.count()
            gone.delete()
            log(instance=self.site, action=CHECKED, data=dict(self.counts))
        return self.counts

    def check(self, page: Page) -> dict[Link, tuple[Fault, bool]]:
        """Check the links of one page and keep what is wrong."""
        links = links_of(page)
        found = {link: (self.fault_of(link, page), self.is_elsewhere(link)) for link in links}
        broken = {link: told for link, told in found.items() if told[0]}
        self.counts.update(pages=1, links=len(links), broken=len(broken))
        if not self.dry_run:
            self.keep(page, links, broken)
        return broken

    @transaction.atomic
    def keep(self, page: Page, links: list[Link], broken: dict) -> None:
        """Write down what is wrong with a page, and forget what no longer is."""
        rows = LinkProblem.objects.filter(page=page)
        stale = rows.exclude(address__in=[link.shown[:2000] for link in broken])
        if self.asker is None:  # what is wrong elsewhere stays, while its link does
            asked = [link.shown[:2000] for link in links if self.is_elsewhere(link)]
            stale = stale.exclude(is_external=True, address__in=asked)
        self.counts["mended"] += stale.count()
        stale.delete()
        for link, ((fault, detail), is_elsewhere) in broken.items():
            told = {"fault": fault, "detail": detail[:2000], "last_seen": self.at}
            told |= {"site": self.site, "is_external": is_elsewhere}
            _row, is_new = LinkProblem.objects.update_or_create(
                page=page,
                address=link.shown[:2000],
                defaults=told,
                create_defaults=told | {"first_seen": self.at},
            )
            self.counts["new"] += is_new

    def fault_of(self, link: Link, page: Page) -> Fault:
        """Say what is wrong with a link; None when nothing is, or nobody was asked."""
        if link.kind == "page":
            return self.fault_of_page(link.target)
        if link.kind == "document":
            return fault_of_document(link.target)
        if not self.is_elsewhere(link):
            return self.fault_of_own(link.target, page)
        if self.asker is None:
            return None
        address = link.target.partition("#")[0]
        if address not in self.known:
            self.known[address] = self.asker.fault_of(address)
        return self.known[address]

    def is_elsewhere(self, link: Link) -> bool:
        """Whether a link leads to another server."""
        if link.kind != "address" or "://" not in link.target:
            return False
        try:
            host = urlsplit(link.target).hostname
        except ValueError:
            return True
        return host != self.site.hostname

    def fault_of_page(self, number: int) -> Fault:
        """Say what is wrong with a link to a page."""
        page = Page.objects.filter(pk=number).first()
        if page is None:
            return LinkFault.PAGE_GONE, ""
        if site_of(page) != self.site:
            return LinkFault.PAGE_FOREIGN, ""
        if not page.live or page.get_view_restrictions().exists():
            return LinkFault.PAGE_HIDDEN, ""
        return None

    def fault_of_own(self, address: str, page: Page) -> Fault:
        """Say what is wrong with an address of ours, or a place on a page."""
        parts = urlsplit(address)
        if parts.scheme not in ("", "http", "https"):
            return LinkFault.NO_ADDRESS, ""
        path = parts.path or page.url or "/"
        if not path.startswith("/"):
            return LinkFault.NO_ADDRESS, ""
        status, body = self.body_of(path)
        if status >= 400:
            return LinkFault.OWN_GONE, ""
        if parts.fragment and status == 200 and not has_place(body, parts.fragment):
            return LinkFault.NO_ANCHOR, ""
        return None

    def body_of(self, path: str) -> tuple[int, bytes]:
        """Give status and page of an address of ours, as a visitor is led there."""
        if path not in self.bodies:
            here = path
            for _hop in range(OWN_REDIRECTS):
                status, body, there = self.answer_of(here)
                if not there.startswith("/"):
                    break
                here = there
            self.bodies[path] = status, body
        return self.bodies[path]

    def answer_of(self, path: str) -> tuple[int, bytes, str]:
        """Ask ourselves for an address; give status, page, and where it points on."""
        secure = root_of(self.site).startswith("https")
        host = {"HTTP_HOST": self.site.hostname, "SERVER_NAME": self.site.hostname}
        forget()
        response = self.handler.get_response(RequestFactory().get(path, secure=secure, **host))
        body = b"" if response.streaming else response.content
        for close in response._resource_closers:  # its files; no request of others ends here
            close()
        return response.status_code, body, response.get("Location", "")


def pages_of(site: Site) -> list[Page]:
    """Give the published pages of a mission, in all its languages."""
    homes = site.root_page.get_translations(inclusive=True)
    paths = [home_path(home) for home in homes]
    rows = Page.objects.live().filter(path__regex=f"^({'|'.join(paths)})")
    return list(rows.order_by("path"))


def fault_of_document(number: int) -> Fault:
    """Say what is wrong with a link to a document."""
    document = get_document_model().objects.filter(pk=number).first()
    is_there = document is not None and document.file.storage.exists(document.file.name)
    return None if is_there else (LinkFault.DOCUMENT_GONE, "")


def has_place(body: bytes, fragment: str) -> bool:
    """Whether a page has a place of this name."""
    return unquote(fragment).encode() in IDS.findall(body) or fragment == "top"
