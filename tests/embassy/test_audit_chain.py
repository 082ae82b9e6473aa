"""The database refuses every change to the audit, and the chain shows those made anyway."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from time import sleep

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from embassy.auditing import audit, audit_chain
from embassy.models import AuditEntry, AuditSeal, User

DETAILS = {"é": "Ségou", "zz": 1, "a": ["x", None, True], "words": '“quoted” \\ \t "x"'}


def enter(**fields) -> AuditEntry:
    """Write an entry that has everything."""
    return audit.record(audit.SEEN, at=timezone.now(), **{"details": DETAILS, **fields})


def sql(statement: str) -> None:
    """Run a statement as whoever owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def verified(**options) -> str:
    """Give what the command says."""
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=out, **options)
    return out.getvalue()


REFUSED = [
    "UPDATE embassy_auditentry SET at = now()",
    "UPDATE embassy_auditentry SET action = 'x' WHERE id = -1",
    "DELETE FROM embassy_auditentry",
    "TRUNCATE embassy_auditentry, embassy_auditseal",
    "TRUNCATE embassy_user CASCADE",
    "UPDATE embassy_auditseal SET sha256 = 'x'",
    "UPDATE embassy_auditseal SET number = NULL, sha256 = ''",
    "DELETE FROM embassy_auditseal",
    "TRUNCATE embassy_auditseal",
]
LOGS = [("wagtailcore_pagelogentry", "page_id"), ("wagtailcore_modellogentry", "object_id")]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_to_change_or_delete(site, statement):
    enter(site=site)
    audit.seal()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="cannot be changed or deleted"), transaction.atomic():
        sql(statement)
    assert AuditEntry.objects.exists() and AuditSeal.objects.exclude(sha256="").exists()


@pytest.mark.parametrize(("table", "thing"), LOGS)
def test_the_logs_that_are_copied_are_kept_likewise(site, table, thing):
    changes = [f"UPDATE {table} SET {thing} = {thing}", f"UPDATE {table} SET label = 'x'"]
    changes += [f"UPDATE {table} SET timestamp = now()", f"UPDATE {table} SET user_id = NULL"]
    for statement in [*changes, f"DELETE FROM {table}", f"TRUNCATE {table}"]:
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            sql(statement)
    sql(f"UPDATE {table} SET content_type_id = NULL")  # what taking a model out does


def test_no_account_with_acts_on_record_is_deleted(site, staff):
    enter(by=staff["approver"], of=staff["approver"])
    with pytest.raises(Exception, match="protected"):
        staff["approver"].delete()
    assert User.objects.filter(pk=staff["approver"].pk).exists()


def test_an_open_seal_is_closed_for_its_own_entry_only(site):
    enter(), enter()
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql("UPDATE embassy_auditseal SET entry_id = entry_id + 1000000 WHERE number IS NULL")


def test_each_entry_is_sealed_once_in_order(site, staff):
    audit.seal()
    before = AuditSeal.objects.count()
    entries = [enter(site=site, by=staff["approver"], of=site.root_page), enter()]
    assert AuditSeal.objects.filter(number=None).count() == 2
    assert (audit.seal(), audit.seal()) == (2, 0)
    numbers = [AuditSeal.objects.get(entry=entry).number for entry in entries]
    assert numbers == [before + 1, before + 2]


def test_the_command_finds_all_as_it_was_written(site, staff):
    enter(site=site, by=staff["approver"], of=site.root_page)
    said = verified()
    latest = AuditSeal.objects.order_by("-number").first()
    assert said.endswith(f"The latest seal:\n{latest}\n")
    assert verified(seal=str(latest)).startswith(f"{AuditEntry.objects.count()} entries")


@pytest.fixture
def chain(site, staff):
    """Three sealed entries, the middle one to be tampered with."""
    entries = [enter(site=site, of=staff["approver"]) for _number in range(3)]
    audit.seal()
    return entries


def without_triggers(table: str, statement: str) -> None:
    """Do what the triggers refuse, as who owns the database can."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    sql(statement)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


CHANGED = [
    "at = at + interval '1 microsecond'",
    "by_id = (SELECT min(id) FROM embassy_user)",
    "action = 'embassy.signed_in'",
    "target_type = ''",
    "target_id = target_id || '1'",
    "target_label = 'Somebody'",
    "site_id = NULL",
    "details = '{}'",
    "target_id = target_id || left(target_label, 1), target_label = substr(target_label, 2)",
]


@pytest.mark.parametrize("change", CHANGED)
def test_the_command_finds_an_entry_that_was_changed(chain, change):
    entry = chain[1]
    without_triggers(
        "embassy_auditentry", f"UPDATE embassy_auditentry SET {change} WHERE id = {entry.pk}"
    )
    number = AuditSeal.objects.get(entry=entry).number
    out = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_audit", stdout=out, stderr=out)
    assert f"Entry {entry.pk} is not as it was sealed ({number})." in out.getvalue()


def test_the_command_finds_an_entry_that_was_taken_out(chain):
    number = AuditSeal.objects.get(entry=chain[1]).number
    for table, key in (("embassy_auditseal", "entry_id"), ("embassy_auditentry", "id")):
        without_triggers(table, f"DELETE FROM {table} WHERE {key} = {chain[1].pk}")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out, stderr=out)
    assert f"Seals {number} to {number} are missing." in out.getvalue()


def test_the_command_finds_an_entry_that_was_put_in_around_the_trigger(chain):
    without_triggers(
        "embassy_auditentry",
        "INSERT INTO embassy_auditentry"
        " (at, action, target_type, target_id, target_label, details)"
        " VALUES (now(), 'x', '', '', '', '{}')",
    )
    with pytest.raises(CommandError, match="1 faults"):
        verified()


def test_a_kept_seal_shows_that_the_end_was_cut_off(chain):
    kept = str(AuditSeal.objects.get(entry=chain[2]))
    for table, key in (("embassy_auditseal", "entry_id"), ("embassy_auditentry", "id")):
        without_triggers(table, f"DELETE FROM {table} WHERE {key} = {chain[2].pk}")
    assert "each as it was written" in verified()
    with pytest.raises(CommandError):
        verified(seal=kept)


def test_acts_at_once_keep_one_chain(committed_database):
    at_once, each = 4, 25
    start = Barrier(at_once)

    def write(_number: int) -> None:
        """Write entries, each in a transaction that is open for a while with another's."""
        start.wait()
        try:
            for _entry in range(each):
                with transaction.atomic():
                    enter(), enter()
        finally:
            connection.close()

    before = AuditEntry.objects.count()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(write, range(at_once)))
    total = before + 2 * at_once * each
    assert AuditEntry.objects.count() == total
    assert not AuditSeal.objects.filter(number=None).exists()  # before anything else closed them
    numbers = AuditSeal.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, total + 1))
    assert not [fault for _seal, fault in audit_chain.faults() if fault]


def waits() -> bool:
    """Whether somebody waits for a lock on this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees one for all its time
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_two_who_seal_take_turns(committed_database):
    def second() -> int:
        """Write an entry and close its seal, which fails where two do so at once."""
        try:
            with transaction.atomic():
                entry = enter()
                connection.run_on_commit.clear()  # what fails there is but logged
            audit.seal()
            return entry.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = enter()
            audit.seal()
            waiting = pool.submit(second)
            while not waits() and not waiting.done():
                sleep(0.01)
            assert not waiting.done()
        later = waiting.result(timeout=60)
    numbers = [AuditSeal.objects.get(entry=entry).number for entry in (first.pk, later)]
    assert numbers[1] == numbers[0] + 1
    assert "each as it was written" in verified()


def test_who_seals_does_not_wait_for_an_act_that_is_not_finished(committed_database):
    with transaction.atomic():
        slow = enter()

        def quick() -> int:
            """Write an entry meanwhile."""
            try:
                return enter().pk
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(quick).result(timeout=60)
        assert AuditSeal.objects.get(entry=done).number
    later = AuditSeal.objects.get(entry=slow)
    assert later.number > AuditSeal.objects.get(entry=done).number
    assert "each as it was written" in verified()


def test_what_is_undone_is_not_on_record(committed_database):
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enter()
        raise ZeroDivisionError
    assert AuditEntry.objects.count() == before
    enter()
    assert "each as it was written" in verified()


def test_wagtail_still_writes_its_own_logs(home):
    before = PageLogEntry.objects.count()
    home.save_revision(log_action=True).publish()
    assert PageLogEntry.objects.count() > before
