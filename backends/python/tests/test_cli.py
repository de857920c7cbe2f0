"""`python -m mizan export`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

APP = '''
import mizan
registry = mizan.Registry(title="Shop", producer="mizan-test")

@registry.client(context="user")
def user(user_id: int) -> dict[str, int]:
    """One user."""
    return {}

@registry.client(affects="user")
def rename(user_id: int, name: str) -> None: ...

def make() -> mizan.Registry:
    return registry

def make_for(user: str) -> mizan.Registry:
    return registry

number = 7
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "app.py").write_text(APP)
    (tmp_path / "broken.py").write_text("import shop.app\n1 / 0\n")
    (tmp_path / "lacking.py").write_text("import not_there_at_all\n")
    (tmp_path / "wrong.py").write_text(APP.replace('affects="user"', 'affects="usr"'))
    (tmp_path / "warned.py").write_text(
        APP.replace("-> None", "-> int").replace('affects="user"', "")
    )
    return tmp_path


def export(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mizan", "export", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_document_goes_to_standard_output_and_nothing_else_does(folder: Path) -> None:
    done = export(folder, "shop.app:registry")
    assert (done.returncode, done.stderr) == (0, "")
    assert list(json.loads(done.stdout)["x-mizan-functions"]) == ["user", "rename"]
    assert export(folder, "shop.app:make", "-o", "-").stdout == done.stdout


def test_the_file_is_written_whole_and_left_alone_where_nothing_changed(folder: Path) -> None:
    path = folder / "schema.json"
    first = export(folder, "shop.app:registry", "-o", "schema.json")
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "schema.json: 2 functions\n")
    assert path.read_text() == export(folder, "shop.app:registry").stdout
    os.utime(path, (1, 1))
    assert (
        export(folder, "shop.app:registry", "-o", "schema.json").stderr
        == "schema.json: up to date\n"
    )
    assert path.stat().st_mtime == 1
    assert sorted(each.name for each in folder.iterdir() if each.name.startswith(".")) == []


def test_the_mode_of_the_file_and_a_link_to_it_stay(folder: Path) -> None:
    (folder / "real.json").write_text("{}")
    (folder / "real.json").chmod(0o640)
    (folder / "link.json").symlink_to("real.json")
    assert export(folder, "shop.app:registry", "-o", "link.json").returncode == 0
    assert (folder / "link.json").is_symlink()
    assert (folder / "real.json").stat().st_mode & 0o777 == 0o640
    assert "x-mizan" in (folder / "real.json").read_text()


def test_check_writes_nothing_and_tells_drift_by_its_exit_code(folder: Path) -> None:
    path = folder / "schema.json"
    missing = export(folder, "shop.app:registry", "-o", "schema.json", "--check")
    assert missing.returncode == 1
    assert "schema.json is not there" in missing.stderr
    assert "python -m mizan export shop.app:registry -o schema.json" in missing.stderr
    assert not path.exists()
    export(folder, "shop.app:registry", "-o", "schema.json")
    assert export(folder, "shop.app:registry", "-o", "schema.json", "--check").returncode == 0
    path.write_text(path.read_text() + " ")
    before = path.read_text()
    drift = export(folder, "shop.app:registry", "-o", "schema.json", "--check")
    assert (drift.returncode, "is not up to date" in drift.stderr) == (1, True)
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["shop.app"], 2, "help: write module:registry"),
        (["shop/app.py:registry"], 2, "write the module with dots: shop.app:registry"),
        (["shpo.app:registry"], 1, 'there is no module "shpo"'),
        (["shop.apps:registry"], 1, 'there is no module "shop.apps"'),
        (["shop.app:registri"], 1, 'did you mean "registry"?'),
        (["shop.app:number"], 1, '"shop.app:number" is a int, not a mizan.Registry'),
        (["shop.app:make_for"], 1, "cannot be called for a registry"),
        (["broken:registry"], 1, "broken.py:2: ZeroDivisionError: division by zero"),
        (["lacking:registry"], 1, "No module named 'not_there_at_all'"),
        (["wrong:registry"], 1, 'there is no context "usr"; did you mean "user"?'),
        (["shop.app:registry", "--check"], 2, "--check needs a file"),
        (
            ["shop.app:registry", "-o", "nowhere/schema.json"],
            1,
            'make the directory "nowhere" first',
        ),
        (["shop.app:registry", "-o", "shop"], 1, '"shop" is a directory'),
        ([], 2, "the following arguments are required: target"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_and_what_to_do(
    folder: Path, arguments: list[str], status: int, message: str
) -> None:
    done = export(folder, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_warnings_are_told_once_and_stop_nothing(folder: Path) -> None:
    done = export(folder, "warned:registry")
    assert done.returncode == 0
    assert json.loads(done.stdout)
    assert done.stderr.count("W221") == 1
    assert done.stderr.startswith("warning: W221 rename (")
