"""How long a sign-in lasts, and how long somebody waits who gave a wrong password or code."""

from datetime import datetime, timedelta

# After so long without a page, and after so long altogether, somebody signs in again.
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
# So long somebody may take for the second factor, and so long it stands once it was asked for again.
ARRIVING = timedelta(minutes=15)
CONFIRMED = timedelta(minutes=10)
# When somebody was last seen is written down no more often than this.
SEEN_EVERY = timedelta(minutes=5)

INVITED = timedelta(days=7)
RESET = timedelta(hours=1)

# Wrong tries that cost nothing: of one account, and of one address, which many people may share.
FREE_OF_ACCOUNT = 5
FREE_OF_ADDRESS = 30
# Links for a forgotten password that are mailed at once to one account; each voids those before.
FREE_OF_LINKS = 3
COUNTED = timedelta(days=1)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


# How browsers and systems name themselves, the more particular before those whose name they bear as well.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_named(told: str) -> str:
    """A browser in words that its owner knows, from what it tells about itself: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in told), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in told), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"


def lasts(began_at: datetime, seen_at: datetime, now: datetime, *, opened: bool) -> bool:
    """Whether a sign-in still holds at a moment."""
    if not opened:
        return now - began_at < ARRIVING
    return now - seen_at < IDLE and now - began_at < LONGEST


def is_confirmed(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether the second factor was shown again just now."""
    return confirmed_at is not None and now - confirmed_at < CONFIRMED


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after so many wrong tries: a minute, then twice as long each time, an hour at most."""
    if failures < free:
        return timedelta()
    doubled: int = 2 ** min(failures - free, 16)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
