"""Web and e-mail addresses as people and registers write them: which may be opened, and what they really say."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from storage.desk.unseen import visible
from storage.engine.errors import StorageError

LONGEST = 2000
WEB = ("https", "http")
MAIL_PARTS = {"subject", "body", "cc"}  # others could attach a file to the message
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_MAILBOX = re.compile(r"[a-z0-9.!#$&'*+=?^_`{|}~-]{1,64}", re.IGNORECASE)
_KEPT = "/?#[]@!$&'()*+,;=:%~"


class NotAnAddress(StorageError):
    """The words are no address that is ever opened."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be opened. `url` is plain ASCII: exactly what the browser is given."""

    url: str
    host: str  # whom it leads to, as the network spells it
    remark: str = ""  # what a careful person should know before opening it

    @property
    def is_mail(self) -> bool:
        """True for an e-mail address."""
        return self.url.startswith("mailto:")


def read_address(words: str) -> Address:
    """Read an address. Raises `NotAnAddress` for anything that is not plainly http, https or mailto."""
    given = words.strip()
    if not given:
        raise NotAnAddress("There is no address here. Give a web address (https, http) or an e-mail address.")
    if len(given) > LONGEST:
        raise _refused(given, "it is too long")
    if visible(given) != given:
        raise _refused(given, "it holds characters that cannot be seen")
    if "\\" in given or any(c.isspace() for c in given):
        raise _refused(given, "an address has no spaces and no backslashes")
    scheme = _SCHEME.match(given)
    if scheme is None or _is_port(given, scheme.end()):
        if given.startswith(("/", ".", "~", "#", "?")):
            raise _refused(given, "it names a file or a folder")
        given = f"mailto:{given}" if "@" in given and "/" not in given else f"https://{given}"
        return _mail(given) if given.startswith("mailto:") else _web(given)
    if scheme[1].lower() == "mailto":
        return _mail(given)
    if scheme[1].lower() in WEB and given[scheme.end() :].startswith("//"):
        return _web(given)
    raise _refused(given, "it is no web address and no e-mail address")


def is_address(words: str) -> bool:
    """Whether the words can be opened as an address."""
    try:
        read_address(words)
    except NotAnAddress:
        return False
    return True


def _is_port(given: str, end: int) -> bool:
    """Whether what looks like a scheme is a name with a port, as in `example.org:8080/x`."""
    return bool(re.match(r"\d{1,5}(/|$)", given[end:])) and "." in given[: end - 1]


def _web(given: str) -> Address:
    try:
        parts = urlsplit(given)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(given, "it is not well formed") from None
    if "@" in parts.netloc:
        raise _refused(given, "it hides the name of the site behind an @")
    host = _host(given, name)
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    rest = quote(given.partition("://")[2][len(parts.netloc) :], safe=_KEPT)
    remarks = []
    if host != name:
        remarks.append(f"The name of the site has letters of another alphabet: “{name}” is {host}.")
    elif "xn--" in host:
        remarks.append(f"The name of the site stands for letters of another alphabet: {_spelt(host)}.")
    if parts.scheme.lower() == "http":
        remarks.append("The connection is not encrypted.")
    return Address(f"{parts.scheme.lower()}://{place}{rest}", host, " ".join(remarks))


def _mail(given: str) -> Address:
    to, _, query = given[len("mailto:") :].partition("?")
    mailbox, _, domain = to.rpartition("@")
    if not _MAILBOX.fullmatch(mailbox):
        raise _refused(given, "it is no e-mail address")
    asked = parse_qsl(query, keep_blank_values=True, max_num_fields=10) if query else []
    if any(name.lower() not in MAIL_PARTS for name, _ in asked):
        raise _refused(given, "it asks for more than a message to somebody")
    host = _host(given, domain)
    more = "&".join(f"{name.lower()}={quote(value)}" for name, value in asked)
    return Address(f"mailto:{mailbox}@{host}" + (f"?{more}" if more else ""), host)


def _host(given: str, name: str) -> str:
    """The name as the network spells it; a name that could be read in two ways is refused."""
    if "%" in name:
        raise _refused(given, "it names no site")
    if ":" in name or name.replace(".", "").isdecimal():
        try:
            return str(ipaddress.ip_address(name))
        except ValueError:
            raise _refused(given, "it names no site") from None
    try:
        host = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        raise _refused(given, "it names no site") from None
    labels = host.removesuffix(".").lower().split(".")
    well_formed = len(host) <= 253 and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    if not well_formed or not re.search("[a-z]", labels[-1]) or re.match("0x", labels[-1]):
        raise _refused(given, "it names no site")
    return host.lower()


def _spelt(host: str) -> str:
    try:
        return visible(host.encode("ascii").decode("idna"))
    except UnicodeError:
        return "letters that cannot be told"


def _refused(given: str, why: str) -> NotAnAddress:
    shown = visible(given[:200]) + ("…" if len(given) > 200 else "")
    return NotAnAddress(
        f"“{shown}” is not opened from here: {why}. Only web addresses (https, http) and e-mail addresses are."
    )
