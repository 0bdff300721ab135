"""What nobody should be able to send: addresses, names of files and texts that try to be more than words."""

from __future__ import annotations

from itertools import product

SCHEMES = (
    "javascript", "vbscript", "data", "file", "smb", "ftp", "sftp", "ssh", "telnet", "ldap", "dict", "gopher", "jar",
    "view-source", "about", "chrome", "blob", "res", "shell", "mk", "mhtml", "its", "ms-its", "hcp", "tel", "sms",
    "ms-word", "ms-excel", "ms-powerpoint", "ms-msdt", "ms-settings", "ms-officecmd", "ms-appinstaller", "ms-search",
    "search-ms", "search", "onenote", "steam", "zoommtg", "slack", "vscode", "x-apple.systempreferences", "afp",
    "nfs",
    "dav", "davs", "webcal", "feed", "intent", "market", "itms", "skype", "callto", "rlogin", "tn3270", "nntp",
    "news",
)  # fmt: skip
_TAILS = (
    "alert(1)",
    "//host/share/x",
    "/etc/passwd",
    "ofe|u|http://host/x.doc",
    "query=x&crumb=location:%5C%5Chost",
)
_PLAIN = (
    r"\\host\share\x", "//host/share/x", r"\\?\C:\x", r"\\.\pipe\x", "/etc/passwd", "C:\\x.exe", "C:/x.exe", "~/x",
    "./x", "../x", "#x", "?x", "", " ", "https://", "https:///x", "http:x", "http:/x", r"https:\\host\x", "mailto:",
    "https://host", "https://gov.uk@evil.example", "https://gov.uk:pass@evil.example/",
    "https://gov.uk%40@evil.example",
    "https://evil.example\\@gov.uk", "https://gov.uk\u202e/moc.live", "https://gov\u200b.uk",
    "https://gov.uk\u2066/x",
    "https://gov.uk\ufeff", "https://gov.uk/\x00x", "https://gov.uk/\r\nHost: evil", "https://gov.uk/\tx",
    "\u202ehttps://x.uk",
    "https://gov.uk%00.evil.example", "https://%66ile/x", "http://0x7f.0.0.1", "http://127.1", "http://2130706433",
    "http://017700000001", "http://1.2.3", "http://256.1.1.1", "http://1.2.3.4.5", "http://[::1%25eth0]/",
    "http://[x]/",
    "http://[::1", "https://-x-.uk", "https://x..uk", "https://" + "a" * 70 + ".uk", "https://" + "a." * 200 + "uk",
    "https://x.uk:99999/", "https://x.uk:y/", "https://" + "x" * 3000 + ".uk", "mailto:a@b.uk?attach=/etc/passwd",
    "mailto:a@b.uk?attachment=C:\\x", "mailto:a@b.uk?bcc=c@d.uk", "mailto:a b@c.uk", "mailto:@c.uk", "mailto:a@",
    "mailto:a@b.uk,c@d.uk", "mailto:a@b.uk%0d%0aBcc:c@d.uk", "mailto://host/x", "a@b@c\\d", "%6Aavascript:alert(1)",
    "java\nscript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "ht\u200dtps://x.uk", "httpѕ://x.uk",
    "https；//x.uk", "https:⧸⧸x.uk", "http\\:\\\\x", "&#106;avascript:alert(1)", "<a href='file:///x'>",
    "{x.__class__}",
)  # fmt: skip
LINKS = tuple(f"{scheme}:{tail}" for scheme, tail in product(SCHEMES, _TAILS)) + _PLAIN
"""None of these is ever opened."""

_REACHING = (
    r"..\..\x", "../../x", r"C:\x", "C:x", r"\\s\x", "//s/x", "/etc/passwd", "~/x", r"\\?\C:\x", r"\\.\COM1",
    "a/../../b",
    "..", ".", "...", "..\\", "/", "\\", "%2e%2e%2fx", "..%5cx", "file:///x", "$HOME/x", "`id`", "$(id)", "a;b",
    "a|b", "a&b",
)  # fmt: skip
_DEVICES = ("CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "COM¹", "LPT³", "CONIN$", "CONOUT$", "CLOCK$")
_TRICKS = (
    "a.txt:stream", "a.txt::$DATA", "a.", "a ", "a. . .", " a", ".a", "-rf", "~$a", "a\x00b", "a\nb", "a\rb",
    "a\tb", "\x7f", "",
    " ", "\u202egpj.exe", "a\u200eb", "a\u200fb", "a\u2066b", "\ufeffa", "a\u200b", "\ud800", "a<b>", 'a"b', "a?b",
    "a*b", "é" * 300,
    "x" * 5000, "𝒳" * 200, "desktop.ini", "autorun.inf", ".bashrc", "Thumbs.db", "<img src=x>", "a.pdf.exe",
    "a.exe.pdf",
    "a.PDF ", "a.pdf.", "a.pdf\u202e", "a.p\u200bdf", "ａ.ｐｄｆ", "a.", "a..pdf", "a.pdf/", "{x.__class__}", "%s%n",
    "null",
)  # fmt: skip
NAMES = (
    *_REACHING,
    *_TRICKS,
    *(f"{device}{end}" for device, end in product(_DEVICES, ("", ".txt", ".tar.gz", " .pdf", ":x", "."))),
    *(f"{reach}{end}" for reach, end in product(_REACHING, (".pdf", ".exe", ".lnk"))),
)
"""Names that try to land elsewhere, to be a device, or to look like another."""
