"""The content-security policy of the pages: nothing but the site's own files runs, or is asked for.

What a page may hold is looked at while it is built (course/safety.py); should anything ever pass, browsers stop it.
"""

import re
from base64 import b64encode
from hashlib import sha256

# Where each kind of thing may come from. The theme draws its icons from addresses that hold the picture itself.
FROM = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
INLINE = re.compile(r"<script>(.*?)</script>", re.S)


def policy(scripts: str) -> str:
    """The policy of a page whose templates write these scripts, as HTML, into it: each is allowed by its hash.

    They must be the templates' own text, never read from the page: what a page slips in has no hash here.
    """
    hashes = dict.fromkeys(b64encode(sha256(text.encode()).digest()).decode() for text in INLINE.findall(scripts))
    allowed = "".join(f" 'sha256-{one}'" for one in hashes)
    return "; ".join(f"{kind} {places}{allowed if kind == 'script-src' else ''}" for kind, places in FROM.items())
