"""How a thing of the demo is made once: recorded under a key, and found by it ever after.

What staff rename is found by its key, what they delete is not made again. A demo site that is older
than its records is taken as it stands: what is recognized by its name is recorded, and what is not
was renamed or removed by somebody and is recorded as missing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model
from wagtail.models import Site

from embassy.models import DemoRecord

HOSTNAME = "localhost"
MISSION = "mission"
FILLED = "filled:"


class Gone(LookupError):
    """What something of the demo rests on is no longer there; the message is its name."""


@dataclass
class Run:
    """One run over the demo content: whether it finds a site older than its records."""

    takes_as_it_stands: bool = False
    left_out: list[str] = field(default_factory=list)


_run: ContextVar[Run | None] = ContextVar("demo_run", default=None)


@contextmanager
def running(run: Run | None) -> Iterator[None]:
    """Let what is made belong to a run; none at all takes nothing as it stands."""
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def current_run() -> Run:
    """Give the run under way, or one that stands for none."""
    return _run.get() or Run()


def mission_of_demo() -> Site | None:
    """Give the demo mission's site, whatever its host name is now; nothing before it was made."""
    sites = Site.objects.select_related("root_page")
    return (
        sites.filter(demo_records__key=MISSION).first()
        or sites.filter(hostname=HOSTNAME, root_page__content_type__model="homepage").first()
    )


def is_older_than_records() -> bool:
    """Whether the demo site was filled before anything of it was recorded."""
    site = mission_of_demo()
    return site is not None and not site.demo_records.exists()


def demo_site() -> Site:
    """Give the demo mission's site."""
    return mission_of_demo() or Site.objects.select_related("root_page").get(hostname=HOSTNAME)


def keep(key: str, name: str, thing: Model | None, site: Site | None = None) -> None:
    """Record a thing under its key; nothing stands for one that was missing."""
    DemoRecord.objects.create(
        site=site or demo_site(),
        key=key,
        name=name[:255],
        model=thing._meta.label_lower if thing else "",
        number=thing.pk if thing else None,
    )


def made(key: str) -> Model:
    """Give what was made under a key, whatever it is called now; raises Gone without it."""
    record = DemoRecord.objects.filter(site=demo_site(), key=key).first()
    thing = record.thing() if record else None
    if thing is None:
        raise Gone(record.name if record else key.partition(":")[2] or key)
    return thing


def once(key: str, name: str, make: Callable[[], Model], same: Callable[[], Model | None]) -> int:
    """Make a thing unless it ever was made; say how many were made.

    `same` recognizes one that is there without a record. What rests on something that is gone is
    left out, and the run says so.
    """
    if DemoRecord.objects.filter(site=demo_site(), key=key).exists():
        return 0
    run, new = current_run(), 0
    try:
        thing = same()
        if thing is None and not run.takes_as_it_stands:
            thing, new = make(), 1
    except Gone as gone:
        if not run.takes_as_it_stands:
            run.left_out.append(f"“{name}” is left out: “{gone}” is no longer there.")
            return 0
        thing = None
    keep(key, name, thing)
    return new


def recorded(model: type[Model]) -> list[int]:
    """Give the numbers of the things of a model that have a record already."""
    rows = DemoRecord.objects.filter(site=demo_site(), model=model._meta.label_lower)
    return [number for number in rows.values_list("number", flat=True) if number]


def missing() -> list[str]:
    """Say what was made once and is gone, a sentence each; what stood below it is not named."""
    rows = DemoRecord.objects.filter(site=demo_site()).exclude(key__startswith=FILLED)
    gone = {row.key: row.name for row in rows.order_by("pk") if row.thing() is None}
    return [
        f"“{name}” is no longer there, and is not made again."
        for key, name in gone.items()
        if key.rpartition("/")[0] not in gone
    ]
