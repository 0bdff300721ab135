"""Where a file lies: on this computer's own disk, on a stick, on the network, or in a folder kept in a cloud."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from storage.engine.backup.backups import home


class Sort(Enum):
    """How a place behaves."""

    LOCAL = "this computer"
    REMOVABLE = "a removable disk"
    NETWORK = "a network folder"
    CLOUD = "a cloud folder"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies, and what to call that place."""

    sort: Sort
    name: str

    @property
    def shared(self) -> bool:
        """Whether others, or another program, may put another file in its place: never edited there."""
        return self.sort in (Sort.NETWORK, Sort.CLOUD)


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system of Linux or macOS, as the system lists it."""

    point: str
    sort: str  # ext4, nfs4, cifs …
    source: str


_NETWORK = frozenset(
    {"9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs",
     "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "gpfs", "lustre", "ncp", "ncpfs",
     "nfs", "nfs4", "orangefs", "prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "webdav"}
)  # fmt: skip
_CLOUD_FUSE = frozenset(["fuse.onedriver", "fuse.google-drive-ocamlfuse", "fuse.dropbox"])
_CLOUDS = (  # names of folders, as the programs that keep them make them
    (re.compile(r"onedrive(( ?- ?|-).+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive( \(.+\))?|googledrive-.+", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs", re.IGNORECASE), "iCloud"),
    (re.compile(r"box sync|box-box|nextcloud|owncloud|pcloud ?drive", re.IGNORECASE), "a cloud folder"),
)
_ELSEWHERE = 0x1000 | 0x40000 | 0x400000  # offline; recalled when opened; recalled when read
_KEPT_BY_CLOUD = 0x80000 | 0x100000  # pinned, unpinned: only cloud programs set these
_REMOVABLE, _REMOTE = 2, 4  # what GetDriveTypeW says


def _mounts() -> tuple[Mount, ...]:
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    rows = (line.split(" ") for line in lines)
    return tuple(Mount(_unescaped(r[1]), r[2], _unescaped(r[0])) for r in rows if len(r) > 2)


def _unescaped(text: str) -> str:
    """A path of /proc/mounts, in which blanks and backslashes are octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), text)


def _drive_type(drive: str) -> int:
    """What Windows says of a drive such as `C:\\`; 0 when it does not know."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(drive))
    return 0


def _attributes(path: str) -> int:
    """The file attributes of Windows; 0 elsewhere, and for what is not there."""
    try:
        return int(getattr(Path(path).stat(), "st_file_attributes", 0))
    except OSError:
        return 0


def _is_removable(device: str) -> bool:
    """Whether Linux calls the disk of a device such as /dev/sdb1 removable."""
    name = re.sub(r"p?\d+$", "", PurePosixPath(device).name)
    try:
        return Path(f"/sys/block/{name}/removable").read_text(encoding="ascii").strip() == "1"
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is asked of the system to tell a place; tests give another."""

    platform: str = sys.platform
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    mounts: Callable[[], tuple[Mount, ...]] = _mounts
    drive_type: Callable[[str], int] = _drive_type
    attributes: Callable[[str], int] = _attributes
    removable: Callable[[str], bool] = _is_removable
    resolved: Callable[[str], str] = os.path.realpath


HERE = Surroundings()


def place_of(path: Path | str, around: Surroundings = HERE) -> Place:
    """Where a file lies or would lie; links are followed first, since only their target matters."""
    windows = around.platform == "win32"
    kind: type[PurePath] = PureWindowsPath if windows else PurePosixPath
    given = str(path) if windows and str(path).startswith("\\\\") else around.resolved(str(path))
    real = kind(given)
    if cloud := _cloud(real, kind, around):
        return Place(Sort.CLOUD, cloud)
    found = _on_windows(real, around) if windows else _on_mount(real, around)
    if found.sort is not Sort.NETWORK and around.attributes(given) & (_ELSEWHERE | _KEPT_BY_CLOUD):
        return Place(Sort.CLOUD, "a cloud folder")
    return found


def _cloud(path: PurePath, kind: type[PurePath], around: Surroundings) -> str:
    """Which cloud keeps the folders of a path: as its own variables say, or as its folder is called."""
    for name, root in around.variables.items():
        if (
            name.lower().startswith("onedrive")
            and root
            and kind(root).is_absolute()
            and path.is_relative_to(kind(root))
        ):
            return "OneDrive"
    for part in path.parts[:-1]:
        for pattern, called in _CLOUDS:
            if pattern.fullmatch(part):
                return called
    return ""


def _on_windows(path: PurePath, around: Surroundings) -> Place:
    drive = path.drive
    if drive.startswith(("\\\\?\\UNC\\", "\\\\?\\unc\\")):
        drive = "\\\\" + drive[8:]
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return Place(Sort.NETWORK, drive)
    letter = drive.removeprefix("\\\\?\\")
    found = around.drive_type(letter + "\\")
    if found == _REMOTE:
        return Place(Sort.NETWORK, f"the network drive {letter}")
    if found == _REMOVABLE:
        return Place(Sort.REMOVABLE, f"the removable disk {letter}")
    return Place(Sort.LOCAL, Sort.LOCAL.value)


def _on_mount(path: PurePath, around: Surroundings) -> Place:
    """By the file system that holds the path: the one with the longest mount point above it, the last of these."""
    above = [m for m in around.mounts() if path.is_relative_to(m.point)]
    mount = max(reversed(above), key=lambda m: len(m.point), default=None)
    if mount is None:
        return Place(Sort.LOCAL, Sort.LOCAL.value)
    if mount.sort in _NETWORK and mount.point != "/":  # a whole system may live on such a disk
        return Place(
            Sort.NETWORK, mount.source if ":" in mount.source or "//" in mount.source else mount.point
        )
    if mount.sort in _CLOUD_FUSE:
        return Place(Sort.CLOUD, "a cloud folder")
    if mount.point.startswith(("/media/", "/run/media/", "/Volumes/")) or around.removable(mount.source):
        return Place(Sort.REMOVABLE, f"the removable disk {PurePosixPath(mount.point).name or mount.point}")
    return Place(Sort.LOCAL, Sort.LOCAL.value)


def default_folder() -> Path:
    """Where new files are made unless another place is chosen: on this computer, in no cloud's folder."""
    return home() / "files"
