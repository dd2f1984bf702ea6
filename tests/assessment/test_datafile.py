from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assessment import datafile


def test_a_key_that_stands_there_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dubbel.yaml").write_text("kort: true\nkort: false\n", encoding="utf-8")
    monkeypatch.setattr(datafile, "FOLDER", tmp_path)
    with pytest.raises(yaml.YAMLError, match="dubbele sleutel"):
        datafile.read("dubbel.yaml")
