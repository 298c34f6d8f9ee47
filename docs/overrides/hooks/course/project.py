"""The project as mkdocs.yml and the folders describe it: its languages, its pages, its words."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from course import safety


class _Reader(yaml.SafeLoader):
    """Reads mkdocs.yml without MkDocs: a tag that only MkDocs knows, such as !ENV, gives its plain value."""


def _plain(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node)
    return loader.construct_scalar(node)


_Reader.add_multi_constructor("!", _plain)
_Reader.add_multi_constructor("tag:yaml.org,2002:python/", _plain)


def read_yaml(file: Path) -> Any:
    """What a YAML file holds. Raises ValueError, naming file and line, for one that cannot be read."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _Reader)
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{file}: not UTF-8: save the file as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that no calendar has
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise ValueError(f"{file}{place}: {getattr(error, 'problem', error)}") from None


@dataclass(frozen=True)
class Project:
    """Where the project is, and what its configuration says of languages and pages."""

    root: Path
    source: str  # the language the pages are written in
    names: dict[str, str]  # {language: its own name}, the source first
    required: tuple[str, ...]  # translations that must be complete; the others may be partial
    pages: tuple[str, ...]  # the source's pages, in the order of the navigation

    @property
    def locales(self) -> tuple[str, ...]:
        """The translations, in the order of mkdocs.yml."""
        return tuple(locale for locale in self.names if locale != self.source)

    @property
    def snippets(self) -> Path:
        """Where the programs are."""
        return self.root / "snippets"

    def folder(self, locale: str) -> Path:
        """Where a language's pages are."""
        return self.root / "docs" / locale

    def file(self, locale: str, page: str) -> Path:
        """The file of a page in a language, which may not be there."""
        return self.folder(locale) / f"{page}.md"

    def read_from(self, locale: str) -> str:
        """The language that a language's translators read, as its words.yml says; the source, if it says its own.

        Raises ValueError, naming the file, for a language that is not there.
        """
        chosen = self.words(locale)["translated_from"]
        if chosen not in self.names:
            file, there = self.folder(locale) / "words.yml", ", ".join(self.names)
            raise ValueError(f"{file}: translated_from must be one of {there}")
        return chosen if chosen != locale else self.source

    def words(self, locale: str) -> dict[str, Any]:
        """A language's words that are in no page, from its words.yml: {name: words}.

        Raises ValueError, naming the file, for words that are missing, left over or no text.
        """
        return checked_words(self.folder(locale) / "words.yml", self.folder(self.source) / "words.yml")


def checked_words(file: Path, model: Path) -> dict[str, Any]:
    """The words of a file, the same as those of another: see Project.words."""
    return _checked_words(file, model, state(file), state(model))


@functools.lru_cache(64)
def _checked_words(file: Path, model: Path, *_states: object) -> dict[str, Any]:
    ours, theirs = read_yaml(file) or {}, read_yaml(model) or {}
    for one, words in ((file, ours), (model, theirs)):
        if not isinstance(words, dict):
            raise ValueError(f"{one}: write each of the words as “name: words”")
    for what, names in (("is missing", theirs.keys() - ours.keys()), ("is left over", ours.keys() - theirs.keys())):
        if names:
            raise ValueError(f"{file}: {', '.join(sorted(map(str, names)))} {what}")
    for name, words in ours.items():
        if name == "avoid":
            if not isinstance(words, dict) or not all(isinstance(text, str) for pair in words.items() for text in pair):
                raise ValueError(f"{file}: {name} must be a list of “word: what to say instead”, or {{}}")
        elif not isinstance(words, str) or not words.strip():
            raise ValueError(f"{file}: {name} must be a text (between quotes, if it is a number or yes or no)")
        else:
            look = safety.not_allowed if name == "copyright" else safety.words_not_allowed  # that alone is HTML
            for what, looked_for in look(words):
                line = safety.line_of((*looked_for, f"{name}:"), file.read_text(encoding="utf-8"))
                raise ValueError(f"{file}, line {line}: {what} is not allowed in {name}")
    return ours


def _nav(entries: Any) -> list[str]:
    """The files that a navigation names, in order."""
    if isinstance(entries, str):
        return [entries]
    parts = entries.values() if isinstance(entries, dict) else entries or []
    return [file for part in parts for file in _nav(part)]


def open_project(root: Path) -> Project:
    """Read what mkdocs.yml in this folder says. Raises ValueError for a configuration without its languages."""
    root = Path(root).resolve()
    config = read_yaml(root / "mkdocs.yml")
    config = config if isinstance(config, dict) else {}
    plugins = config.get("plugins") or []
    if not isinstance(plugins, dict):  # MkDocs takes either
        plugins = {name: more for entry in plugins if isinstance(entry, dict) for name, more in entry.items()}
    languages = [one for one in (plugins.get("i18n") or {}).get("languages") or [] if "locale" in one]
    source = next((one["locale"] for one in languages if one.get("default")), None)
    if not source:
        raise ValueError(f"{root / 'mkdocs.yml'}: no language under plugins, i18n, languages has “default: true”")
    names = {source: ""} | {one["locale"]: one.get("name", one["locale"]) for one in languages}
    there = {path.name: path.stem for path in sorted((root / "docs" / source).glob("*.md"))}
    listed = [name for name in _nav(config.get("nav")) if name in there]
    pages = tuple(there[name] for name in dict.fromkeys([*listed, *there]))
    required = tuple((config.get("extra") or {}).get("required_languages") or ())
    if unknown := [locale for locale in required if locale not in names]:
        raise ValueError(
            f"{root / 'mkdocs.yml'}: required_languages names {', '.join(map(str, unknown))}: no such language"
        )
    return Project(root, source, names, required, pages)


def state(file: Path | str) -> tuple[int, int] | None:
    """What tells whether a file changed: when it was written and how long it is; None if it is gone."""
    try:
        stat = Path(file).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
