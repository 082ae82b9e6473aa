"""Signs in to the server of the journeys as people do, with the codes of the demo accounts."""

import os
from functools import cache

import psycopg2
from django.conf import settings
from django.utils import timezone

from accounts.codes import code_at
from accounts.sealing import unseal
from embassy.demo import sign_ins
from tests import databases

APP_OF = """
    UPDATE mfa_authenticator SET data = data - 'last_step'
    WHERE type = 'totp' AND user_id = (SELECT id FROM embassy_user WHERE email = %s)
    RETURNING data ->> 'secret'
"""  # so that the next journey may use the code of the same half minute


@cache
def server_database() -> str:
    """Give the name of the database that the server of this worker's journeys uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    with databases.server() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC",
            [f"chancery_test_%_of_{worker}_server"],
        )
        return cursor.fetchone()[0]


def secret_of(email: str) -> str:
    """Give the secret of a demo account's app, whose code of now may be used again."""
    known = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname=server_database(),
        user=known["USER"],
        password=known["PASSWORD"] or None,
        host=known["HOST"] or None,
        port=known["PORT"] or None,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(APP_OF, [email])
        [secret] = cursor.fetchone()
    connection.close()
    return unseal(secret)


def of_role(role: str) -> tuple[str, str]:
    """Give address and password of a role of the demo mission."""
    return next((mail, word) for name, mail, word in sign_ins() if name == role)


def give_password(page, role: str) -> None:
    """Fill the first form, whatever page asked for it."""
    email, password = of_role(role)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page, role: str) -> None:
    """Fill the second form."""
    page.locator("input[name=code]").fill(code_at(secret_of(of_role(role)[0]), timezone.now()))
    page.get_by_role("button", name="Go on").click()


def sign_in(page, role: str, address: str = "/admin/") -> None:
    """Sign in to the staff pages as a role of the demo mission."""
    page.goto(address)
    give_password(page, role)
    give_code(page, role)
    page.wait_for_url(f"**{address}")
