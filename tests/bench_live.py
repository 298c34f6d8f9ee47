"""Times how long a live figure takes to follow the hand, with the processor slowed 4 times. A benchmark, not a test:

    python tests/bench_live.py SITE

SITE is the folder of a built site. Each figure's state is changed 60 times, and its drawing laid out each time; the
figure printed is the median, then the slowest. The aim: 16 ms a change, 50 ms for a letter of the Transformer.
"""

import functools
import http.server
import os
import shutil
import statistics
import sys
import threading

from playwright.sync_api import sync_playwright

# page, element, what changes at turn i
FIGURES = (
    ("feedforward", "feedforward-explorer", "{ x: [i / 10, 3 - i / 20] }"),
    ("llm", "temperature-dial", "{ temperature: 0.2 + i / 40 }"),
    ("training", "descent-explorer", "{ rate: 0.01 + i / 300, steps: i }"),
    ("letters", "training-scrubber", "{ step: 100 * (i % 25) }"),
    ("matrices", "matrix-product", "{ A: f.state.A.map(row => row.map(a => a + i / 10)) }"),
    ("counting", "parameter-calculator", "{ context: 1000 + i }"),
    ("transformer", "next-letter", '{ prefix: "santa maria del campo sul mare".slice(0, 1 + i % 30) }'),
)
TIMED = """async f => {
    await f.result;
    const times = [];
    for (let i = 0; i < 60; i++) {
        const begin = performance.now();
        f.state = %s;
        document.body.getBoundingClientRect();
        times.push(performance.now() - begin);
        await new Promise(requestAnimationFrame);
    }
    return times;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *words):
        """Nothing."""


def main(site):
    """A line for each figure."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROME_PATH") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for page, element, change in FIGURES:
            tab = browser.new_page(viewport={"width": 375, "height": 800})
            tab.goto(f"http://127.0.0.1:{server.server_port}/{page}/")
            figure = tab.locator(element)
            figure.scroll_into_view_if_needed()
            tab.locator(f"{element}[data-ready]").wait_for()
            tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            times = figure.evaluate(TIMED % change)
            print(f"{element:22} {statistics.median(times):6.1f} ms, at most {max(times):6.1f} ms")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
