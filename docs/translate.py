#!/usr/bin/env python3
"""Says which translations follow their source, and helps to mend those that do not.

python docs/translate.py status [LOCALE]            what is up to date, what is not
python docs/translate.py diff LOCALE PAGE           what changed in the page you translate from
python docs/translate.py stamp LOCALE PAGE...       the translation matches the source again
python docs/translate.py new LOCALE [--from en]     start a language
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "overrides" / "hooks"))

from course import translations  # noqa: E402
from course.project import Project, open_project  # noqa: E402


def show_status(project: Project, chosen: list[str]) -> int:
    """Print the table of each language; returns 1 when a required one is not up to date."""
    wrong = False
    for locale in chosen:
        table = translations.status(project, locale)
        # Somebody may have changed the translation since: what it lacks is said under it.
        stamped = {
            one.page: translations.wrong(project, locale, one.page) for one in table if one.state == "up to date"
        }
        good = sum(not lines for lines in stamped.values())
        print(f"{locale}: {100 * good // max(len(project.pages), 1)}% up to date")
        for one in table:
            lines = stamped.get(one.page)
            print(f"  {one.page:14} {'changed' if lines else one.state:12} {one.note}".rstrip())
            print("".join(f"    {line}\n" for line in lines or ()), end="")
        wrong |= locale in project.required and good < len(table)
    return int(wrong)


def start(project: Project, locale: str, model: str) -> int:
    """Start a language and say what comes next; returns 1 when it cannot be started."""
    try:
        translations.start(project, locale, model)
    except ValueError as error:
        print(error)
        return 1
    print(
        f"Now translate docs/{locale}/words.yml and docs/{locale}/index.md, which are still in {project.names[model]};"
    )
    print(f"then: python docs/translate.py stamp {locale} index")
    return 0


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    project = open_project(root)
    parser = argparse.ArgumentParser(prog="translate.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("status", help="what is up to date, what is not")
    one.add_argument("locale", nargs="?")
    for name, more, said in (("diff", None, "what changed"), ("stamp", "+", "it matches the source again")):
        one = commands.add_parser(name, help=said)
        one.add_argument("locale")
        one.add_argument("page", nargs=more)
    one = commands.add_parser("new", help="start a language")
    one.add_argument("locale")
    readable = (project.source, *project.required)
    one.add_argument("--from", dest="model", choices=readable, default=project.source, help="the language you read")
    chosen = parser.parse_args(arguments)
    if chosen.command == "new":
        return start(project, chosen.locale, chosen.model)
    if chosen.locale and chosen.locale not in project.locales:
        parser.error(f"there is no language {chosen.locale!r}: there are {', '.join(project.locales)}")
    if chosen.command == "status":
        return show_status(project, [chosen.locale] if chosen.locale else list(project.locales))
    pages = [Path(page).stem for page in (chosen.page if isinstance(chosen.page, list) else [chosen.page])]
    for page in pages:
        if page not in project.pages:
            parser.error(f"there is no page {page!r}: there are {', '.join(project.pages)}")
    if chosen.command == "diff":
        print("\n".join(translations.difference(project, chosen.locale, pages[0])))
        return 0
    wrong = [message for page in pages for message in translations.stamp(project, chosen.locale, page)]
    print("\n".join(wrong) if wrong else f"stamped: {', '.join(pages)}")
    return int(bool(wrong))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:  # a file that cannot be read: it says which, and where
        sys.exit(f"translate.py: {error}")
