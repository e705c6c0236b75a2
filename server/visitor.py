"""A person with a browser, for the walkthrough: pages are fetched, forms are posted over HTTP."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TIMEOUT_SECONDS = 30

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Reply:
    """What came back: the status, and the text of the page or of the JSON answer."""

    status: int
    text: str

    @property
    def code(self) -> str:
        """The code of a refusal, or the state that an action led to."""
        answer = json.loads(self.text)
        return str(answer.get("code") or answer.get("state"))


class Visitor:
    """One browser: it keeps its cookies and sends the token of the forms it was shown."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.token = ""
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Open a page."""
        return self._send(Request(self.site + path)).text

    def post(self, path: str, fields: Fields) -> Reply:
        """Post a form and get the answer as a program would."""
        body = urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        return self._send(Request(self.site + path, body, {"Accept": "application/json"}))

    def submit(self, path: str, fields: Fields) -> Reply:
        """Post a form as a browser does; the answer is the page it leads to."""
        body = urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        return self._send(Request(self.site + path, body))

    def sign_in(self, username: str, password: str) -> "Visitor":
        """Sign in."""
        self.get("/sign-in")
        self.submit("/sign-in", {"username": username, "password": password})
        return self

    def _send(self, request: Request) -> Reply:
        try:
            with self.opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return self._read(answer.status, cast(HTTPResponse, answer))
        except HTTPError as refused:
            with refused:
                return self._read(refused.code, refused)

    def _read(self, status: int, answer: HTTPResponse | HTTPError) -> Reply:
        text = answer.read().decode()
        found = TOKEN.search(text)
        if found:
            self.token = unescape(found[1])
        return Reply(status, text)
