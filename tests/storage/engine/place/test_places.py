"""Where a file lies is told from what the system says of it, on Windows as on Linux, without touching the file."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from storage.engine.place.places import Mount, Place, Sort, Surroundings, default_folder, place_of

_LINUX = (
    Mount("/", "ext4", "/dev/sda1"),
    Mount("/srv", "ext4", "/dev/sda2"),
    Mount("/mnt/team", "cifs", "//fileserver/team"),
    Mount("/mnt/nfs", "nfs4", "filer:/export"),
    Mount("/mnt/ssh", "fuse.sshfs", "ann@host:/data"),
    Mount("/mnt/nine", "9p", "share"),
    Mount("/mnt/team/local", "ext4", "/dev/sdc1"),
    Mount("/media/ann/STICK", "vfat", "/dev/sdb1"),
    Mount("/mnt/usb", "vfat", "/dev/sdd1"),
)


def linux(
    path: str, variables: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None
) -> Place:
    around = Surroundings(
        platform="linux",
        variables=variables or {},
        mounts=lambda: _LINUX,
        attributes=lambda path: 0,
        removable=lambda device: device == "/dev/sdd1",
        resolved=lambda path: (links or {}).get(path, path),
    )
    return place_of(path, around)


def windows(path: str, variables: Mapping[str, str] | None = None, attributes: int = 0) -> Place:
    types = {"C:\\": 3, "D:\\": 2, "H:\\": 4}
    around = Surroundings(
        platform="win32",
        variables=variables or {},
        mounts=tuple,
        drive_type=lambda drive: types.get(drive, 0),
        attributes=lambda path: attributes,
        removable=lambda device: False,
        resolved=lambda path: path,
    )
    return place_of(path, around)


@pytest.mark.parametrize(
    ("path", "sort", "name"),
    [
        ("/srv/ann/books.desk", Sort.LOCAL, "this computer"),
        ("/mnt/team/2026/books.desk", Sort.NETWORK, "//fileserver/team"),
        ("/mnt/teams.desk", Sort.LOCAL, "this computer"),
        ("/mnt/nfs/books.desk", Sort.NETWORK, "filer:/export"),
        ("/mnt/ssh/books.desk", Sort.NETWORK, "ann@host:/data"),
        ("/mnt/nine/books.desk", Sort.NETWORK, "/mnt/nine"),
        ("/mnt/team/local/books.desk", Sort.LOCAL, "this computer"),
        ("/media/ann/STICK/books.desk", Sort.REMOVABLE, "the removable disk STICK"),
        ("/mnt/usb/books.desk", Sort.REMOVABLE, "the removable disk usb"),
        ("/srv/ann/Dropbox/books.desk", Sort.CLOUD, "Dropbox"),
        ("/srv/ann/Dropbox (NHS)/a/books.desk", Sort.CLOUD, "Dropbox"),
        ("/srv/ann/Google Drive/books.desk", Sort.CLOUD, "Google Drive"),
        ("/srv/ann/Library/Mobile Documents/com~apple~CloudDocs/books.desk", Sort.CLOUD, "iCloud"),
        ("/srv/ann/Library/CloudStorage/OneDrive-Contoso/books.desk", Sort.CLOUD, "OneDrive"),
        ("/srv/ann/OneDrive.desk", Sort.LOCAL, "this computer"),
        ("/srv/ann/About OneDrive/books.desk", Sort.LOCAL, "this computer"),
    ],
)
def test_l4_places_on_linux_and_macos(path: str, sort: Sort, name: str) -> None:
    assert linux(path) == Place(sort, name)
    assert Place(sort, name).shared == (sort in (Sort.NETWORK, Sort.CLOUD))


@pytest.mark.parametrize(
    ("path", "sort", "name"),
    [
        ("C:\\Users\\ann\\books.desk", Sort.LOCAL, "this computer"),
        ("D:\\books.desk", Sort.REMOVABLE, "the removable disk D:"),
        ("H:\\Team\\books.desk", Sort.NETWORK, "the network drive H:"),
        ("\\\\server\\share\\a\\books.desk", Sort.NETWORK, "\\\\server\\share"),
        ("\\\\?\\UNC\\server\\share\\books.desk", Sort.NETWORK, "\\\\server\\share"),
        ("\\\\?\\C:\\books.desk", Sort.LOCAL, "this computer"),
        ("C:\\Users\\ann\\OneDrive - NHS\\Documents\\books.desk", Sort.CLOUD, "OneDrive"),
        ("C:\\Users\\ann\\iCloudDrive\\books.desk", Sort.CLOUD, "iCloud"),
    ],
)
def test_l4_places_on_windows(path: str, sort: Sort, name: str) -> None:
    assert windows(path) == Place(sort, name)


def test_l4_one_drive_is_known_by_its_variables_and_by_attributes_of_the_file() -> None:
    moved = {"OneDriveCommercial": "C:\\Users\\ann\\Synced", "ONEDRIVE": ""}
    assert windows("C:\\Users\\ann\\Synced\\books.desk", moved).sort is Sort.CLOUD
    assert windows("C:\\Users\\ann\\Synced elsewhere\\books.desk", moved).sort is Sort.LOCAL
    for attribute in (0x1000, 0x40000, 0x400000, 0x80000, 0x100000):
        assert windows("C:\\Users\\ann\\books.desk", attributes=attribute | 0x20).sort is Sort.CLOUD
    assert windows("C:\\Users\\ann\\books.desk", attributes=0x20).sort is Sort.LOCAL


def test_l4_a_link_is_where_it_leads_to() -> None:
    assert (
        linux("/srv/ann/team.desk", links={"/srv/ann/team.desk": "/mnt/team/team.desk"}).sort is Sort.NETWORK
    )


def test_l4_the_disk_of_the_tests_themselves_is_local(tmp_path: Path) -> None:
    assert place_of(tmp_path / "books.desk").sort is Sort.LOCAL
    assert place_of(default_folder() / "books.desk").sort is Sort.LOCAL
    (tmp_path / "OneDrive - Trust").mkdir()
    assert place_of(tmp_path / "OneDrive - Trust" / "books.desk") == Place(Sort.CLOUD, "OneDrive")
