"""A person at a browser: finds things by their words, and looks at every page they come to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from re import compile as pattern
from re import escape

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Response, ViewportSize, expect

from tests.browser.inspection import PHONE, at_both_widths
from tests.codes import STEP, code_of
from tests.conftest import TODAY
from tests.pages import faults
from tests.together import Sound
from tests.validity import skeleton

# How the parts of pages that axe found sound are built, and at how many widths: it looks once at each.
SOUND = Sound("accessible")


def parts_of(html: str) -> set[str]:
    """How a page is built: the menu of a role above, what the page says below; each may be met with another."""
    return set(skeleton(html).split("<main", 1))


class Faulty(AssertionError):
    """A page that something is wrong with."""


class Visitor:
    """One window of one person; `scripted` says whether their browser runs JavaScript."""

    def __init__(self, context: BrowserContext, address: str, log: Path, *, scripted: bool) -> None:
        self.address = address
        self.scripted = scripted
        self.log = log
        self.answer: Response | None = None
        self.complaints: list[str] = []
        # A journey is looked at by axe where there is least room; the walk over every page, on a desk too.
        self.axe_at: Sequence[ViewportSize] = (PHONE,)
        self.key = ""
        self.page = context.new_page()
        self.page.on("response", self.remember)
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def remember(self, response: Response) -> None:
        """Keep the answer that the window shows."""
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.answer = response

    def note(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of; that a page was refused is judged by its status."""
        if message.type in ("error", "warning") and message.location.get("url") != self.page.url:
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")
        elif message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def go(self, path: str, status: int = 200) -> "Visitor":
        """Open an address of the service."""
        self.page.goto(self.address + path)
        return self.look(status)

    def follow(self, words: str, status: int = 200) -> "Visitor":
        """Follow the link with these words, the first of several."""
        with self.page.expect_navigation():
            self.page.locator("a", has_text=words).first.click()
        return self.look(status)

    def press(self, words: str, status: int = 200) -> "Visitor":
        """Press the button with these words and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words).click()
        return self.look(status)

    def fill(self, label: str, value: str) -> "Visitor":
        """Enter a text, or choose from a list."""
        control = self.page.get_by_label(label, exact=True)
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
        return self

    def attach(self, label: str, name: str, content: bytes) -> "Visitor":
        """Choose a file of this name and content."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(label, exact=True).set_input_files(file)
        return self

    def unfold(self, words: str) -> "Visitor":
        """Open the part of the page that hides behind these words."""
        self.page.locator("summary", has_text=words).first.click()
        return self

    def question(self, words: str) -> Locator:
        """The group of controls with this question."""
        return self.page.get_by_role("group", name=pattern(f"^{escape(words)}"))

    def choose(self, question: str, *answers: str) -> "Visitor":
        """Choose these answers of a question."""
        for answer in answers:
            self.question(question).get_by_label(answer, exact=True).check()
        return self

    def enter_date(self, question: str, day: date) -> "Visitor":
        """Enter a date in its three parts."""
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.question(question).get_by_label(part, exact=True).fill(str(value))
        return self

    def path(self) -> str:
        """The address in the window, without the server."""
        return self.page.url.removeprefix(self.address)

    def sign_in(self, email: str, password: str) -> "Visitor":
        """Sign in by the form."""
        self.page.goto(self.address + "/sign-in")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")
        if "/account/second-factor" in self.page.url:
            self.set_up_second_factor()
        return self

    def set_up_second_factor(self) -> "Visitor":
        """Set one up with an app that knows the key of the page; its codes are of the half minute before."""
        self.unfold("I cannot scan the picture")
        self.key = self.page.locator(".govuk-details__text .app-code").inner_text()
        self.fill("Enter the code that the app shows now", code_of(self.key, TODAY - timedelta(seconds=STEP)))
        return self.press("Continue").follow("I have kept them: continue")

    def confirm(self, moment: datetime = TODAY) -> "Visitor":
        """Show the second factor once more, at the moment of the server."""
        return self.fill("Code", code_of(self.key, moment)).press("Continue")

    def follow_within(self, words: str) -> "Visitor":
        """Follow a link to a place on the same page."""
        self.page.locator("a", has_text=words).first.click()
        return self

    def focused(self) -> str:
        """What has the focus: the id of a control, or the first line of its text."""
        return self.page.evaluate(
            "() => { const at = document.activeElement; return at.id || at.innerText.trim().split('\\n')[0] }"
        )

    def sees(self, *words: str) -> "Visitor":
        """Fail unless the page shows all these words."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)
        return self

    def sees_not(self, *words: str) -> "Visitor":
        """Fail if the page shows any of these words."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)
        return self

    def look(self, status: int = 200) -> "Visitor":
        """Fail unless the page has this status and nothing is wrong with it."""
        assert self.answer is not None
        where = f"{self.answer.request.method} {self.answer.url.removeprefix(self.address)}"
        if self.answer.status != status:
            said = self.log.read_text()[-3000:] if self.answer.status >= 500 else self.errors()
            raise Faulty(f"{where}: status {self.answer.status} instead of {status}\n{said}")
        if found := self.faults():
            raise Faulty(f"{where}:\n  " + "\n  ".join(found))
        return self

    def errors(self) -> str:
        """What the page says is wrong with what was typed."""
        return "\n".join(self.page.locator(".govuk-error-summary").all_inner_texts())

    def faults(self) -> list[str]:
        """Everything that is wrong with the page in the window."""
        html = self.answer.text() if self.answer else ""
        built = [f"{len(self.axe_at)} {part}" for part in parts_of(html)]
        unknown = self.scripted and not all(one in SOUND for one in built)
        found = at_both_widths(self.page, axe_at=self.axe_at if unknown else ())
        if unknown and not found:
            for one in built:
                SOUND.add(one)
        found = [*faults(html), *found, *self.complaints]
        self.complaints = []
        return found
