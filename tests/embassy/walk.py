"""Walks the staff pages with another mission's ids, as somebody of this one.

Most of what is asked for, the fence turns away before it reaches a screen. Where that was seen
once of an address, the fence alone is asked about other ids there.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page, Site, get_page_models

from embassy.mission.belonging import sites_of
from tests.embassy.addresses import NAMES_OF_MODELS, addresses, fillings, ids_in
from tests.embassy.asked import HOST, Asked, FenceAlone
from tests.embassy.forms import forms_in
from tests.embassy.neighbors import MARK, OURS, SEARCH, THEIRS, Neighbor
from tests.embassy.watch import Watch

TURNED_AWAY = {403, 404, 405}
REFUSED = TURNED_AWAY | {302, 400}
# What forms, filters, choosers and bulk actions read ids from.
ASKED = [
    *("id", "childOf", "tag", "mission", "uploaded_by_user", "workflow", "content_type", "task"),
    *("parent_page_id", "target_pages[]", "collection_id", "collection", "site", "user", "owner"),
    *("edited_by", "locked_by", "requested_by", "finished_by"),
    *("child_of", "descendant_of", "ancestor_of", "translation_of"),
]
POSTED = [
    *("id", "site", "mission", "groups", "group", "page", "schedule", "root_page", "next_page"),
    *("_selected_action", "destination_page_id"),
    *("collection", "new_parent_page", "chooser", "parent_page", "target_pages[]", "user"),
    *("revision_id", "overwrite_revision_id"),
]


@dataclass(frozen=True)
class Leak:
    """A way through: who asked for what, and what came back."""

    role: str
    request: str
    what: str


def one_of_each_type(sites: list[Site]) -> list[Page]:
    """Give a page of each type that missions have."""
    pages = [
        model.objects.descendant_of(site.root_page, inclusive=True).order_by("path").first()
        for model in get_page_models()
        for site in sites
    ]
    return [page for page in pages if page is not None]


def kind_of(filled: dict) -> dict:
    """Give which kind of thing the words of an address stand for, without the ids."""
    return {name: value for name, value in filled.items() if name in NAMES_OF_MODELS}


class Walk:
    """One person's walk through the staff pages, with the ids of the mission next door.

    Who `fills_in` puts their ids into every query and form on the way as well; who does not asks
    for the addresses only.
    """

    def __init__(
        self,
        user,
        role: str,
        theirs: Neighbor,
        fence: FenceAlone | None = None,
        fills_in: bool = True,
    ):
        self.user, self.role, self.theirs, self.fills_in = user, role, theirs, fills_in
        self.client = Client(raise_request_exception=False, HTTP_HOST=HOST)
        self.client.force_login(user)
        self.signed_in = deepcopy(self.client.cookies)
        self.leaks: list[Leak] = []
        self.asked = self.sent = self.opened = self.kept = 0
        self.answers: dict[str, int] = {}  # all is undone after each request
        self.shown: dict[str, str] = {}
        self.fence = fence or FenceAlone(user)
        assert self.fence.is_the_same_for(user)
        self.watch = Watch(theirs)

    def everywhere(self, part: int = 0, parts: int = 1) -> list[Leak]:
        """Ask for everything, or for every second, third … address; give the ways through."""
        for address, params in list(addresses())[part::parts]:
            self.at(address, params)
        pages = one_of_each_type(sites_of(self.user)) if self.fills_in else []
        for page in pages[part::parts]:
            self.fill_in(Asked(f"/admin/pages/{page.pk}/edit/", {}))
        may_edit = self.user.has_perm("wagtailadmin.access_admin")
        assert self.send(Asked("/admin/account/", {})) == (200 if may_edit else 403)
        return self.leaks

    def at(self, address: str, params: list[str]) -> None:
        """Ask for one address: with ids of theirs in it, and with theirs in what is sent there."""
        ours = list(fillings(params, [OURS]))
        there = [filled for filled in ours if self.is_there(address, filled)]
        if ids_in(params):
            self.with_all_of_theirs(address, params, [kind_of(filled) for filled in there])
        for filled in there:
            self.with_their_ids(address % filled)

    def is_there(self, address: str, filled: dict) -> bool:
        """Whether an address leads to a screen for a kind of thing, which most do for a few."""
        if set(filled) == set(ids_in(list(filled))):
            return True
        asked = Asked(address % filled, {})
        return self.go(asked) != 404 or bool(self.fence.turns_away(asked))

    def with_all_of_theirs(self, address: str, params: list[str], kinds: list[dict]) -> None:
        """Ask for what is theirs, and for what is ours with a part of theirs.

        The latter is like our page with their revision.
        """
        for filled in fillings(params, [THEIRS, self.theirs.draft.pk]):
            if kind_of(filled) in kinds:
                self.ask(address % filled)
                self.ask(address % filled, form={})
        first, *more = ids_in(params)
        for filled in fillings(params, [THEIRS]) if more else ():
            if kind_of(filled) not in kinds:
                continue
            mixed = address % (filled | {first: OURS})
            self.ask(mixed)
            self.ask(mixed, form={})

    def with_their_ids(self, address: str) -> None:
        """Ask for something of ours with their ids in the query and in the form."""
        ours = {}
        if "/bulk/" in address:
            ours = {"id": OURS}
            self.ask(address, {"id": THEIRS}, {})
            self.ask(address, {"id": "all"})
            self.ask(address, {"id": "all", "childOf": OURS}, {})
        if not self.fills_in:
            self.ask(address, ours)
            return
        self.post_each(address, ours)
        status = self.ask(address, ours)
        if status == 200:
            self.fill_in(Asked(address, ours))
            self.ask(address, {"q": SEARCH, "term": SEARCH})
        if status not in {302, 403, 405}:
            self.with_each(ASKED, lambda ids: Asked(address, ours | ids))

    def post_each(self, address: str, ours: dict) -> None:
        """Post their ids; those that the fence lets through in a query, in the query as well."""
        in_query = []
        for name in POSTED:
            asked = Asked(address, ours | {name: THEIRS}, ours)
            if not self.fence.turns_away(asked):
                in_query.append(name)
            else:
                self.go(asked)

        def posting(ids: dict) -> Asked:
            """Give the request that posts ids."""
            query = {name: pk for name, pk in ids.items() if name in in_query}
            return Asked(address, ours | query, ours | ids)

        self.with_each(POSTED, posting)

    def fill_in(self, asked: Asked) -> None:
        """Send the forms of a page, each time with one of their ids in a field."""
        if self.go(asked) != 200:
            return
        for form in forms_in(self.shown.get(str(asked), ""), asked):
            self.kept += self.go(form.as_shown()) == 302
            for name in form.fields:
                self.go(form.with_their_id(name))

    def with_each(self, names: list[str], asking: Callable[[dict], Asked]) -> None:
        """Ask with each id that the fence refuses by itself, and with all others at once.

        Where those are refused together, halves of them show which one hides the rest.
        """
        alone = {name: asking({name: THEIRS}) for name in names}
        others = [name for name in names if not self.fence.turns_away(alone[name])]
        for name in names:
            if name not in others:
                self.go(alone[name])
        status = self.go(asking(dict.fromkeys(others, THEIRS)))
        if status in {400, 404} and self.go(asking({})) not in {status, *TURNED_AWAY}:
            self.with_halves(others, asking)

    def with_halves(self, names: list[str], asking: Callable[[dict], Asked]) -> None:
        """While several ids are refused, ask with one half of them, and with the other."""
        half = len(names) // 2
        for part in (names[:half], names[half:]):
            status = self.go(asking(dict.fromkeys(part, THEIRS)))
            if status in {400, 404} and len(part) > 1:
                self.with_halves(part, asking)

    def ask(self, address: str, query: dict | None = None, form: dict | None = None) -> int:
        """Ask, and give the status of the answer."""
        return self.go(Asked(address, query or {}, form))

    def go(self, asked: Asked) -> int:
        """Send a request, unless it was sent already or the fence turns such away on its route."""
        self.asked += 1
        key = str(asked)
        if key not in self.answers:
            self.answers[key] = self.send_unless_fenced(asked)
        return self.answers[key]

    def send_unless_fenced(self, asked: Asked) -> int:
        """Send what the fence lets through, and of the rest one request on each route."""
        route = self.fence.turns_away(asked)
        if route in self.fence.seen:
            return 404
        status = self.send(asked)
        if route and status == 404:
            self.fence.seen.add(route)
        elif route:
            self.leaks.append(Leak(self.role, str(asked), f"passed the fence: {status}"))
        return status

    def send(self, asked: Asked) -> int:
        """Send it, look at the answer and at the mission next door, and undo what was done."""
        self.sent += 1
        with transaction.atomic():
            with connection.execute_wrapper(self.watch.note):
                response = asked.through(self.client)
                content = b"".join(response) if response.streaming else response.content
            text = content.decode(errors="replace")
            self.look(response, text, str(asked))
            transaction.set_rollback(True)
        self.client.cookies = deepcopy(self.signed_in)  # one of the addresses signs out
        self.shown = {str(asked): text}
        self.opened += response.status_code == 200
        goal = response.headers.get("Location", "")
        sent_to_sign_in = "/login/" in goal or "/account/sign-in/" in goal
        return 403 if sent_to_sign_in else response.status_code

    def look(self, response, content: str, request: str) -> None:
        """Note a failure of the server, and any word of the mission next door."""
        found = []
        if response.status_code not in REFUSED | {200, 204, 304}:
            found.append(f"answered {response.status_code}: {getattr(response, 'exc_info', None)}")
        told = f"{content}{response.cookies}{response.headers}"
        if MARK.lower() in told.lower():
            found.append("told")
        if self.watch.has_changed():
            found.append("changed")
        self.leaks += [Leak(self.role, request, what) for what in found]
