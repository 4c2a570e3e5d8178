"""`sightline export-everything`: a folder or a ZIP file, alike; refused where something stands already."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sightline.documents import services as documents
from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.events.models import Entry
from tests.cli.conftest import Said, sightline
from tests.plans.making import BY, NOW, make_action, make_plan

__all__ = ["sightline"]
Run = Callable[..., Said]


def fill() -> None:
    make_action(make_plan())
    files = documents.look_at([ContentFile(b"Twenty were asked.", name="survey.txt")])
    documents.store(files, tier=Tier.T1, by=BY, now=NOW)


def without_moment(text: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(text)
    return {key: told[key] for key in ("files", "missing", "highest_tier", "reason")}


@pytest.mark.django_db(transaction=True)
def test_a_folder_and_a_zip_file_hold_the_same(sightline: Run, tmp_path: Path) -> None:
    """Without a transaction around it, as on a server: the moment is begun by hand, and ended."""
    fill()
    done = sightline("export-everything", tmp_path / "out", "--reason", "To the archive")
    assert done.status == 0, done.err
    assert "Left out because child-level or restricted: 0 rows." in done.out
    entry = Entry.objects.get(type="carrying.export_written")
    assert entry.reason == "To the archive"
    manifest = (tmp_path / "out" / "manifest.json").read_bytes()
    assert entry.after_values["sha256"] == hashlib.sha256(manifest).hexdigest()
    done = sightline("export-everything", tmp_path / "out.zip", "--reason", "To the archive")
    assert done.status == 0, done.err
    packed = (tmp_path / "out.zip").read_bytes()
    assert hashlib.sha256(packed).hexdigest() in done.out
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    names = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(tmp_path / "out.zip") as found:
        assert set(found.namelist()) == names
        assert without_moment(found.read("manifest.json").decode()) == without_moment(manifest.decode())
        actions = found.read("tables/plans.action.jsonl")
    assert actions == (tmp_path / "out" / "tables" / "plans.action.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.zip"]


@pytest.mark.django_db
def test_what_stands_already_is_left_as_it_is(sightline: Run, tmp_path: Path) -> None:
    (tmp_path / "out.zip").write_bytes(b"mine")
    done = sightline("export-everything", tmp_path / "out.zip", "--reason", "x")
    assert (done.status, "it was left as it is" in done.err) == (1, True)
    assert (tmp_path / "out.zip").read_bytes() == b"mine"
    done = sightline("export-everything", tmp_path / "no" / "out.zip", "--reason", "x")
    assert (done.status, "There is no folder" in done.err) == (1, True)
    assert sightline("export-everything", tmp_path / "out").status == 2


@pytest.mark.django_db
def test_what_comes_meanwhile_is_left_as_it_is(
    sightline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.carrying.services import packing

    write = packing.write_export

    def meanwhile(folder: Path, *given: Any) -> Any:
        (tmp_path / "out.zip").write_bytes(b"mine")
        (tmp_path / "out").mkdir(exist_ok=True)
        return write(folder, *given)

    monkeypatch.setattr(packing, "write_export", meanwhile)
    left = tmp_path / ".out.unfinished"
    left.mkdir()
    (left / "by a killed run").touch()
    for name in ("out.zip", "out"):
        done = sightline("export-everything", tmp_path / name, "--reason", "x")
        assert (done.status, "it was left as it is" in done.err) == (1, True)
        shutil.rmtree(tmp_path / "out")
        (tmp_path / "out.zip").rename(tmp_path / "kept")
        assert (tmp_path / "kept").read_bytes() == b"mine"
        assert [path.name for path in tmp_path.iterdir() if path != left] == ["kept"]
    assert not left.exists()


@pytest.mark.django_db
def test_a_file_that_is_gone_or_changed_is_named(sightline: Run, tmp_path: Path) -> None:
    fill()
    name = Document.objects.get().file.name
    Path(default_storage.path(name)).write_bytes(b"another")
    done = sightline("export-everything", tmp_path / "changed", "--reason", "x")
    assert (done.status, f"CHANGED: the file {name} is not what was stored" in done.err) == (1, True)
    default_storage.delete(name)
    done = sightline("export-everything", tmp_path / "gone", "--reason", "x")
    assert (done.status, f"MISSING: the database names the file {name}" in done.err) == (1, True)


@pytest.mark.django_db
def test_a_disk_that_cannot_be_written_is_said(
    sightline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.carrying.services import packing

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "pack", full)
    done = sightline("export-everything", tmp_path / "out.zip", "--reason", "x")
    assert (done.status, "No space left on device" in done.err) == (1, True)
    assert list(tmp_path.iterdir()) == []
