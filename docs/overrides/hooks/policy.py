"""Gives the templates the content-security policy (course/policy.py); not while serving, where MkDocs adds a script."""

from course.policy import policy

serving = False


def on_startup(command, **_):
    """Remember what was asked: the script by which `mkdocs serve` loads a page again is different each time."""
    global serving
    serving = command == "serve"


def on_env(env, **_):
    """Let docs/overrides/main.html write it."""
    env.globals["policy"] = None if serving else policy
    return env
