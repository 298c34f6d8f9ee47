"""Measures pages with Lighthouse, as on a phone, beside a bare page of the theme in the same run. A benchmark:

    python tests/bench_pages.py SITE [PAGE …]

SITE is the folder of a built site. It needs Node and Lighthouse (npm install -g lighthouse@12), which this project does
not install, and Chromium. Each page is measured three times, in turn; what is printed is the median: the scores, what
blocks the page (ms), when its largest part shows (s), how far things move. The aim: accessibility, practice and SEO
100; performance that of the bare page, less 3 at most.
"""

import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PAGES = ("", "feedforward/", "transformer/", "en/", "en/feedforward/", "en/transformer/")
RUNS = 3
KINDS = {"performance": "speed", "accessibility": "access", "best-practices": "practice", "seo": "SEO"}
BARE = "site_name: Bare\nsite_url: http://127.0.0.1/bare/\ntheme: {name: material, font: false}\nplugins: []\n"
CHROME = "--headless=new --no-sandbox --disable-background-networking"


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a host does: text compressed, a page's folder without its slash redirected."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        data = path.read_bytes()
        self.send_response(200)
        if self.guess_type(path).startswith(("text/", "application/j", "image/svg")):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        """Nothing."""


def bare(folder):
    """Build a page of the theme as it comes, with a few paragraphs."""
    (folder / "docs").mkdir()
    text = "# A page\n\n" + "Words of a paragraph, one after the other, as any page has them. \n\n" * 12
    (folder / "docs" / "index.md").write_text(f"---\ndescription: A page.\n---\n\n{text}", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(BARE, encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment, check=True)
    return folder / "site"


def measured(lighthouse, address):
    """One run: the scores of 100, then ms, s and the shift."""
    words = [lighthouse, address, "--output=json", "--quiet", f"--chrome-flags={CHROME}"]
    done = subprocess.run([*words, f"--only-categories={','.join(KINDS)}"], capture_output=True, text=True, timeout=300)
    if done.returncode:
        sys.exit(f"bench_pages.py: Lighthouse failed on {address}:\n{done.stderr[-1000:]}")
    report = json.loads(done.stdout)
    value = {name: audit.get("numericValue") or 0 for name, audit in report["audits"].items()}
    scores = [100 * (report["categories"][kind]["score"] or 0) for kind in KINDS]
    times = value["total-blocking-time"], value["largest-contentful-paint"] / 1000, value["cumulative-layout-shift"]
    return *scores, *times


def main(site, *pages):
    """A line for each page, the bare one first."""
    lighthouse = shutil.which("lighthouse")
    if not lighthouse:
        sys.exit("bench_pages.py: there is no Lighthouse: npm install -g lighthouse@12")
    if chrome := os.environ.get("CHROME_PATH") or shutil.which("chromium"):
        os.environ["CHROME_PATH"] = chrome
    with tempfile.TemporaryDirectory() as folder:
        addresses = {}
        for name, root in (("bare", bare(Path(folder))), ("ours", site)):
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=root))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for page in ("",) if name == "bare" else pages or PAGES:
                addresses["a bare page" if name == "bare" else f"/{page}"] = (
                    f"http://127.0.0.1:{server.server_port}/{page}"
                )
        runs = {name: [] for name in addresses}
        for _ in range(RUNS):
            for name, address in addresses.items():
                runs[name].append(measured(lighthouse, address))
    print(f"{'':20}{''.join(f'{kind:>10}' for kind in KINDS.values())}  blocking   largest     moves")
    for name, found in runs.items():
        *scores, blocking, largest, moves = map(statistics.median, zip(*found, strict=True))
        print(
            f"{name:20}{''.join(f'{score:10.0f}' for score in scores)}{blocking:7.0f} ms{largest:8.2f} s{moves:10.3f}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
