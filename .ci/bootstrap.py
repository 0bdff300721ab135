"""Make .venv from a hash-locked file and bring what Qt needs from the system.

    python3 .ci/bootstrap.py run     what the program needs
    python3 .ci/bootstrap.py test    that, and what its tests need

Only the standard library is used, and nothing is done twice: when the lock has not changed and the
system libraries load, a call costs a fraction of a second.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}

# Shared library -> Debian package, from what the Qt libraries and plugins name as needed.
FOR_ANY_WINDOW = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
FOR_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FOR_TESTS = {"strace": "strace"}  # program -> Debian package
FOR_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def say(text: str) -> None:
    """One line to the person who typed the command, in order with what the tools print."""
    print(text, flush=True)


def stop(text: str) -> NoReturn:
    """End with a message and a code that is not zero."""
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def run(*command: str) -> bool:
    """Run a command, its output shown; whether it succeeded."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


# --- the interpreter -------------------------------------------------------------------------------


def suitable(version: tuple[int, int]) -> bool:
    """Whether the program runs on this version of Python."""
    return OLDEST <= version <= NEWEST


def find_python() -> str:
    """This interpreter when it is of a supported version, else one of the others on the path."""
    if suitable(sys.version_info[:2]):
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        works = found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0
        if found and works:
            return found
    stop(
        f"Commissioning Desk needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is {sys.version.split()[0]}.\n"
        "Nothing was changed. Install one of them, then: make run PYTHON=python3.12"
    )


# --- system libraries ------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def needed_libraries(purpose: str) -> dict[str, str]:
    """The shared libraries a purpose needs here: tests draw off-screen, a window needs its display's own."""
    if not sys.platform.startswith("linux"):
        return {}
    needed = dict(FOR_ANY_WINDOW)
    if purpose == "run" and os.environ.get("WAYLAND_DISPLAY"):
        needed.update(FOR_WAYLAND)
    if purpose == "run" and os.environ.get("DISPLAY"):
        needed.update(FOR_X11)
    return needed


def apt_prefix() -> list[str] | None:
    """What to put before apt-get so that it may install without asking, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and run_quietly("sudo", "-n", "true")
    return ["sudo", "-n"] if may else None


def run_quietly(*command: str) -> bool:
    """Run a command, its output thrown away; whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def needed_programs(purpose: str) -> dict[str, str]:
    """The programs a purpose needs here: tests watch from outside which files the program opens."""
    return FOR_TESTS if purpose == "test" and sys.platform.startswith("linux") else {}


def lacking(purpose: str) -> dict[str, str]:
    """What of all that is missing, with the package that holds it."""
    libraries, programs = needed_libraries(purpose), needed_programs(purpose)
    missing = {name: package for name, package in libraries.items() if not loads(name)}
    return missing | {name: package for name, package in programs.items() if not shutil.which(name)}


def bring_libraries(purpose: str) -> None:
    """Install the shared libraries and programs that are missing, or say the one command that does."""
    missing = lacking(purpose)
    if not missing:
        return
    packages = sorted(set(missing.values()))
    prefix = apt_prefix()
    if prefix is not None:
        say("Bringing what is needed from the system: " + " ".join(packages))
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        run(*apt, "update", "-q")
        run(*apt, "install", "-q", "-y", "--no-install-recommends", *packages)
        missing = lacking(purpose)
    if not missing:
        return
    if shutil.which("apt-get"):
        command = "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)
        stop(
            f"Something is needed of the system that cannot be installed from here. Type:\n\n    {command}\n"
        )
    stop(
        "These libraries and programs are needed of the system; install what holds them:\n  "
        + "\n  ".join(missing)
    )


# --- the environment -------------------------------------------------------------------------------


def venv_python() -> Path:
    """The interpreter inside the environment."""
    if sys.platform == "win32":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def make_environment(python: str) -> None:
    """Create .venv, also on a Debian whose Python came without its venv package.

    There ensurepip is missing, so the environment is made empty and the pip of the system fills it.
    """
    if venv_python().exists() and run_quietly(str(venv_python()), "-c", ""):
        return
    say(f"Making {VENV.name} with {python}")
    has_own_pip = run_quietly(python, "-c", "import ensurepip")
    options = ["--clear"] if has_own_pip else ["--clear", "--without-pip"]
    if not run(python, "-m", "venv", *options, str(VENV)):
        stop("No environment could be made. Type:\n\n    sudo apt-get install -y python3-venv\n")


def pip(python: str) -> list[str]:
    """The pip that fills the environment: its own, or the system's aimed at it."""
    if run_quietly(str(venv_python()), "-m", "pip", "--version"):
        return [str(venv_python()), "-m", "pip"]
    if run_quietly(python, "-m", "pip", "--version"):
        return [python, "-m", "pip", "--python", str(venv_python())]
    stop("Python came without pip. Type:\n\n    sudo apt-get install -y python3-pip python3-venv\n")


def digest(purpose: str) -> str:
    """What identifies the lock of a purpose."""
    return hashlib.sha256((ROOT / LOCKS[purpose]).read_bytes()).hexdigest()


def stamp(purpose: str) -> Path:
    """The file that says which lock was installed for a purpose."""
    return VENV / f".installed-{purpose}"


def is_installed(purpose: str) -> bool:
    """Whether the environment already holds what the lock names."""
    mark = stamp(purpose)
    return venv_python().exists() and mark.exists() and mark.read_text() == digest(purpose)


def install(purpose: str) -> None:
    """Fill the environment from the lock, every file checked against its hash."""
    if is_installed(purpose):
        return
    python = find_python()
    make_environment(python)
    say(f"Installing what {LOCKS[purpose]} names")
    options = ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    if not run(*pip(python), "install", "-q", *options, "-r", LOCKS[purpose]):
        stop("The packages could not be installed (above is why). Nothing else was changed; try again.")
    # What the tests need includes what the program needs, at the same versions.
    for done in ("run", "test") if purpose == "test" else ("run",):
        stamp(done).write_text(digest(done))


def main() -> None:
    """Do what the one argument asks."""
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        print("usage: bootstrap.py run|test", file=sys.stderr)
        raise SystemExit(2)
    purpose = sys.argv[1]
    bring_libraries(purpose)
    install(purpose)


if __name__ == "__main__":
    main()
