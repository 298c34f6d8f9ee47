"""What the site is built with, apart from MkDocs: nothing here imports it, and all of it is tested without a build.

project.py       the project as mkdocs.yml describes it: languages, pages, words
page.py          the one scanner of a page: headings, blocks, formulas, numbers, notes, links, each with its line
numerals.py       numbers as each language writes them
compare.py       a page against its source: only the words may differ
translations.py  which translations follow their source, and what to do for those that do not
proof.py         each number is printed by a program of its page, or has a source
safety.py        what a page's HTML may hold
policy.py        what the pages let a browser run
programs.py      what the programs of snippets/ print and draw: which must run, in which order, what is remembered
listings.py      programs as pages show them
runner.py        the process that runs one program at a time, apart from the build
confine.py       what that process may not do: write elsewhere, call anybody
figures.py       the words of a figure, joined with what its program draws
formulas.py      LaTeX to MathML
glossary.py      the terms of the glossary, and their tooltips
search.py        the words of each section, for the search
reach.py         what a page says of itself to search engines and to whoever cites it
cards.py         the pictures that go with links to the pages, and the icons
archive.py       the zip of all programs, with what they read and need
offline.py       the built site as a zip that opens from a folder
javascript.py    a program in JavaScript, for a live figure that counts with it
cells.py         what a section of a program needs, to run in a notebook
book.py          the built pages of a language as a book, printed by Chromium
build.py         all of these for one build: what the hooks share
notebook.py      a page as a Jupyter notebook, made of what a build knows
"""
