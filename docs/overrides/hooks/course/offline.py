"""The built site as a zip that opens from a folder, where links must name files and no module can be loaded.

The pages are those of the site; only what a browser refuses to a file changes. An address of a folder becomes that of
its index.html; modules become one plain script; what they would fetch comes as a script that holds it.
"""

import base64
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = "llm-e-pesi-offline"  # what comes out when it is unpacked
MODELS = "assets/models/"  # what live figures fetch
SEARCHED = "searchIndex="  # what an index of the search begins with: see search.py
# Only a host needs them, or somebody who looks inside the theme.
LEFT_OUT = re.compile(r"(?:^|/)404\.html$|^sitemap\.xml|^robots\.txt$|\.map$|^downloads/|\.DS_Store$")

DOWNLOADS = '<p class="downloads">'  # where a page leads to what can be taken away: see docs/overrides/main.html
LINKS = re.compile(r'<span class="published">.*?</span>')

TAG = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
ADDRESS = re.compile(r'(\s(?:href|src)=")([^"#?:]*)(?=[#?"])')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
MODULE = re.compile(r'<script type="module" src="([^"]+)">')
# A preloaded font, and a policy that names the site's host, mean nothing to a file, and a browser complains.
ONLINE = re.compile(r'<link rel="preload"[^>]*>|<meta http-equiv="Content-Security-Policy"[^>]*>')

IMPORT = re.compile(r'^import \{ (\w+(?: as \w+)?(?:, \w+(?: as \w+)?)*) \} from "(\./[\w-]+\.js)";$', re.M)
PORT = re.compile(r"^(?:im|ex)port ", re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) (\w+))", re.M)
LEFT = re.compile(r"^\s*(?:import\b(?!\()|export\b).*|\bimport\.meta\b(?!\.url)", re.M)
SCRIPT = """// The modules of the site as one script: a page opened from a folder can load no module, and fetch nothing.
"use strict";
{
  const here = document.currentScript.src, loaded = {};
  const $load = (name) => loaded[name] ??= modules[name](new URL(name, here).href);
  const $import = async (name) => $load(name);
  const fetch = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${address}.js`;
    script.onload = () => done(new Response(Uint8Array.from(atob(self.offlineFile), (one) => one.charCodeAt(0))));
    script.onerror = () => failed(new TypeError(`${address} is not in the folder`));
    document.head.append(script);
  });
  const modules = {
%s  };
  $load(%s);
}
"""


def classic(name: str, text: str) -> str:
    """A module as a function of its address that gives what it exports.

    Raises ValueError, naming the module, for a way to import or export that the site's modules do not have.
    """
    exported = EXPORT.findall(text)
    text = IMPORT.sub(lambda found: f'const {{ {found[1].replace(" as ", ": ")} }} = $load("{found[2]}");', text)
    text = EXPORT.sub("", text)
    if left := LEFT.search(text):
        raise ValueError(f"assets/js/{name}: course/offline.py cannot make a plain script of “{left[0].strip()}”")
    text = re.sub(r"\bimport\(", "$import(", text.replace("import.meta.url", "$address"))
    return f"($address) => {{\n{text}return {{ {', '.join(exported)} }};\n}}"


def bundle(modules: Mapping[str, str], first: str) -> str:
    """One plain script that does what a module does, with those that it may import: {file name: text}."""
    functions = (f"{json.dumps(f'./{name}')}: {classic(name, text)},\n" for name, text in sorted(modules.items()))
    return SCRIPT % ("".join(functions), json.dumps(f"./{first}"))


def linked(html: str, links: Mapping[str, str]) -> str:
    """A page that leads to these downloads and to no others, before that of the programs: {address: words}."""
    html = LINKS.sub("", html)
    parts = "".join(f'<a href="{escape(address)}">{escape(words)}</a> · ' for address, words in links.items())
    return html.replace(DOWNLOADS, f'{DOWNLOADS}<span class="published">{parts}</span>', 1) if parts else html


def relinked(html: str, page: str, pages: set[str], root: str = "/") -> str:
    """A page, by its place in the site, whose links lead to files: `pages` are the places of all pages.

    `root` is where a host has the site: the languages of the home page are named by it.
    """
    folder = posixpath.dirname(page)

    def link(match: re.Match[str]) -> str:
        before, address = match.groups()
        if address.startswith(root):
            address = posixpath.relpath(address.removeprefix(root) or ".", folder or ".")
        place = posixpath.normpath(posixpath.join(folder, address, "index.html"))
        if not address or place not in pages:
            return match[0]
        return f"{before}{posixpath.join(address, 'index.html').removeprefix('./')}"

    html = TAG.sub(lambda tag: ADDRESS.sub(link, tag[0]), ONLINE.sub("", linked(html, {})))
    return MODULE.sub(r'<script defer src="\1">', html)


def searchable(index: str) -> str:
    """An index of the search that leads to files."""
    data = json.loads(index.removeprefix(SEARCHED))
    data["pages"] = [[f"{address}index.html", sections] for address, sections in data["pages"]]
    return f"{SEARCHED}{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n"


def address(site: Path) -> str:
    """Where a host has the site. Raises ValueError for a site that does not say it."""
    canonical = CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    if not canonical:
        raise ValueError(f"{site / 'index.html'} does not say its address: build the site with SITE_URL")
    return canonical[1]


def content(site: Path) -> dict[str, bytes]:
    """The files of the zip, {place: content}, made from those of the built site."""
    places = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    files = {place: (site / place).read_bytes() for place in places if not LEFT_OUT.search(place)}
    pages = {place for place in files if place.endswith(".html")}
    canonical = CANONICAL.search(files["index.html"].decode("utf-8"))
    root, first = urlsplit(canonical[1]).path if canonical else "/", set()
    for page in sorted(pages):
        html = files[page].decode("utf-8")
        found = (posixpath.normpath(posixpath.join(posixpath.dirname(page), src)) for src in MODULE.findall(html))
        first.update(found)
        files[page] = relinked(html, page, pages, root).encode("utf-8")
    scripts = {place: text.decode("utf-8") for place, text in files.items() if place.startswith("assets/js/")}
    modules = {place: text for place, text in scripts.items() if place in first or PORT.search(text)}
    for place in modules:
        del files[place]
    named = {posixpath.basename(place): text for place, text in modules.items()}
    for place in sorted(first):
        files[place] = bundle(named, posixpath.basename(place)).encode("utf-8")
    for place in [place for place in files if place.startswith(MODELS)]:
        files[f"{place}.js"] = b'offlineFile="%s"\n' % base64.b64encode(files[place])
    for place in [place for place in files if place.endswith("search/index.js")]:
        files[place] = searchable(files[place].decode("utf-8")).encode("utf-8")
    return files


def make(site: Path) -> bytes:
    """The zip of a built site, the same each time for the same site."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place, data in sorted(content(site).items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{place}")  # of 1980, the first year that a zip knows
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as Unix writes it, whatever the system
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
