"""Runs deploy/nginx.conf before a real gunicorn; only names, paths and certificate are others."""

import http.client
import os
import shlex
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.databases import ROOT
from tests.servers import free_port, wait_for

HOST = "bamako.example"
KEY = "k9!xW2#qLm7_Zr4vTb8$" * 3
KEPT = 4  # seconds
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"  # where a user's own does not lead
NGINX, OPENSSL = shutil.which("nginx", path=PATH), shutil.which("openssl", path=PATH)
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    asked_at: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def cache(self) -> str:
        """What nginx's cache did: MISS, HIT, EXPIRED, REVALIDATED, BYPASS, or nothing."""
        return self.headers.get("x-cache", "")


@dataclass(frozen=True)
class Front:
    """A running nginx with what is behind it."""

    folder: Path
    secure_port: int
    plain_port: int
    database: str = ""

    def get(self, path: str, *, secure: bool = True, method: str = "GET", body=None, **headers):
        """Ask over a connection of its own; `X_y="z"` becomes the header X-y."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connect(secure)
        asked_at = time.time()
        try:
            connection.request(method, path, body, {"Host": HOST, **headers})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read(), asked_at)
        finally:
            connection.close()

    def connect(self, secure: bool = True) -> http.client.HTTPConnection:
        """Open a connection, whoever signed the certificate."""
        if not secure:
            return http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=60)
        anyone = ssl._create_unverified_context()
        return http.client.HTTPSConnection(
            "127.0.0.1", self.secure_port, timeout=60, context=anyone
        )

    def kept(self, path: str, **headers) -> Answer:
        """Ask until the answer comes out of nginx's cache."""
        deadline = time.monotonic() + 60
        while (answer := self.get(path, **headers)).cache != "HIT":
            assert time.monotonic() < deadline, f"{path} was never kept: {answer.headers}"
        return answer


def write_configuration(folder: Path, upstream: int) -> Front:
    """Write deploy/nginx.conf for this machine, each example in it replaced exactly once."""
    front = Front(folder, free_port(), free_port())
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for example, ours in {
        "/var/lib/nginx/chancery ": f"{folder}/cache ",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "listen 443 ": f"listen 127.0.0.1:{front.secure_port} ",
        "listen 80;": f"listen 127.0.0.1:{front.plain_port};",
        "/etc/ssl/bamako.example.pem": f"{folder}/certificate.pem",
        "/etc/ssl/bamako.example.key": f"{folder}/key.pem",
        "/srv/chancery/var/static/": f"{folder}/static/",
        "/srv/chancery/deploy/pages/": f"{ROOT}/deploy/pages/",
    }.items():
        assert text.count(example) == 1, example
        text = text.replace(example, ours)
    text = text.replace("/var/log/nginx/", f"{folder}/")
    (folder / "site.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""  # its workers could not read the test's files
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return front


def make_certificate(folder: Path) -> None:
    """Sign a certificate for a day."""
    command = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", f"/CN={HOST}", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[Front]:
    """Run nginx in a folder, before whatever listens on the port."""
    make_certificate(folder)
    front = write_configuration(folder, upstream)
    command = [NGINX, "-e", f"{folder}/error.log", "-p", folder, "-c", f"{folder}/nginx.conf"]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True)
    found = [
        line for line in tried.stderr.splitlines() if "is deprecated" not in line
    ]  # since 1.25
    assert (tried.returncode, found) == (0, [])
    with running(command, {}) as process:
        wait_until_open(front, process)
        yield front


def wait_until_open(front: Front, process: subprocess.Popen) -> None:
    """Wait until nginx takes connections."""
    while process.poll() is None:
        try:
            front.connect(secure=False).connect()
            return
        except ConnectionError:
            time.sleep(0.05)
    raise RuntimeError((front.folder / "error.log").read_text())


@contextmanager
def gunicorn(folder: Path, database: str) -> Iterator[int]:
    """Run gunicorn as deploy/chancery.service does, under production settings; give its port."""
    environment = production_environment(folder, database)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env={**os.environ, **environment}, check=True)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *words_of_service()]
    assert command.count("127.0.0.1:8000") == 1
    command[command.index("127.0.0.1:8000")] = f"127.0.0.1:{port}"
    with running(command, environment) as process:
        wait_for(f"http://127.0.0.1:{port}/health/", process)
        yield port


def words_of_service() -> list[str]:
    """Give what gunicorn is told in deploy/chancery.service."""
    lines = (ROOT / "deploy" / "chancery.service").read_text().splitlines()
    return shlex.split(next(line for line in lines if line.startswith("ExecStart=")))[1:]


def production_environment(folder: Path, database: str) -> dict[str, str]:
    """Give what an administrator writes into /etc/chancery.env."""
    server = settings.DATABASES["default"]
    password = f":{server['PASSWORD']}" if server.get("PASSWORD") else ""
    port = f":{server['PORT']}" if not server["HOST"].startswith("/") else ""
    address = f"{server['USER']}{password}@{server['HOST']}{port}/{database}"
    return {
        "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
        "DEPLOY_FOLDER": str(folder),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "EMAIL_URL": "smtp://127.0.0.1:1",  # where nothing listens
        "MAIL_FROM": f"notices@{HOST}",
        "DATABASE_URL": f"postgres://{address.replace('@/', '@//')}",
        "SHARED_CACHE_SECONDS": str(KEPT),
    }


@contextmanager
def running(command: list, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """Run a server until the end of the block."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)
