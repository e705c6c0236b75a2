"""The whole product on a port of this machine, and people with browsers who come to it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import waitress
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response
from waitress import wasyncore

from server import LANGUAGES
from server.demo import PASSWORD
from tests.hall import Hall

#: What a browser asks of itself: its viewer of PDF is made of these.
OWN = ("data", "blob", "chrome", "chrome-extension")

NewContext = Callable[..., BrowserContext]


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application as in production; gives its address."""
    sockets: dict[Any, Any] = {}
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8, map=sockets)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
    thread.join()
    server.task_dispatcher.shutdown()


@dataclass
class Complaints:
    """What no page may do: complain on its console, break its policy, leave this machine."""

    host: str
    found: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.found.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource: the server responded with a")
        answer = refused and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not answer:
            self.found.append(f"{message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.found.append(f"{response.status}: {response.url}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in OWN and parts.netloc != self.host:
            self.found.append(f"request to {request.url}")


@dataclass
class Site:
    """The hall, open to visitors; each comes with a browser of their own."""

    url: str
    app: Flask
    hall: Hall
    new_context: NewContext
    complaints: Complaints

    def visitor(self, **options: Any) -> Page:
        """Someone without an account. Options are those of a browser context."""
        options = {"base_url": self.url, "locale": "zh-CN", "reduced_motion": "reduce"} | options
        context = self.new_context(**options)
        self.complaints.listen(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    def staff(self, username: str, **options: Any) -> Page:
        """Someone of the hall who has signed in, at their desk."""
        page = self.visitor(**options)
        self.become(page, username)
        page.goto("/")
        return page

    def become(self, page: Page, username: str, language: str = "zh") -> None:
        """Let the visitor be somebody else from now on: the session that signing in would give."""
        known: dict[str, Any] = {"language": LANGUAGES[language], "csrf_token": token_hex(20)}
        if username:  # complete: an answer still on its way to the page before changes nothing
            person = self.hall.actor(username).person_id
            known |= {"_user_id": str(person), "_fresh": False}
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        name, value = self.app.config["SESSION_COOKIE_NAME"], str(signer.dumps(known))
        page.context.add_cookies([{"name": name, "value": value, "url": self.url}])


def sign_in(page: Page, username: str) -> None:
    """Sign in as people do."""
    page.goto("/sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    page.wait_for_url("**/")


def press(page: Page, name: str) -> None:
    """Press a button, and agree where the page asks what is meant."""
    button = page.get_by_role("button", name=name, exact=True)
    asks = button.evaluate("(it) => it.dataset.confirm || it.form?.dataset.confirm")
    button.click()
    if asks:
        with page.expect_request(lambda sent: sent.method == "POST"):
            page.locator("dialog[open] [data-yes]").click()
    page.locator("form[aria-busy]").first.wait_for(state="detached")  # the answer has come
    page.wait_for_load_state()


def track(page: Page, number: str, code: str) -> None:
    """Follow a case without an account."""
    page.goto("/track")
    page.get_by_label("办件号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查询")
