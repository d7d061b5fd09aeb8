from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from careerpath.core.pdf import fonts as module
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import render_html
from careerpath.core.pdf.typeface import FontFile
from careerpath.words import Refused
from tests.core.pdf.pages import fonts_of

RARE = "镕喆堃赟䶮㛃"


def renamed(source: FontFile, family: str, target: Path) -> None:
    """A font of another name, as an office would drop it, with a handful of characters."""
    with TTFont(source.path) as font:
        subsetter = Subsetter()
        subsetter.populate(text="汉字年度考核一二三四五ABC123 〓")
        subsetter.subset(font)
        for number in (1, 4, 6):
            font["name"].setName(family, number, 3, 1, 0x409)
        font.save(target)


@pytest.fixture
def licensed_folder(tmp_path: Path, fonts: Fonts) -> Path:
    kai = next(face for face in fonts.chain("kai") if not face.is_cff)
    renamed(kai.file, "FangSong_GB2312", tmp_path / "fs.ttf")
    return tmp_path


@pytest.mark.parametrize("face", ["title", "fang", "hei", "kai", "song"])
def test_every_face_has_the_rare_characters_of_names(face: str, fonts: Fonts) -> None:
    assert all(fonts.typeface_for(character, face) for character in RARE)


def test_the_licensed_typeface_comes_first_and_others_fill_its_gaps(licensed_folder: Path) -> None:
    office = Fonts(licensed_folder)
    found = office.typeface_for("汉", "fang")
    assert found is not None
    assert found.file.path == licensed_folder / "fs.ttf"
    rare = office.typeface_for("䶮", "fang")
    assert rare is not None
    assert rare.file.path.parent != licensed_folder
    assert "office fang" in office.css()


def test_weasyprint_embeds_the_licensed_typeface(licensed_folder: Path, tmp_path: Path) -> None:
    html = '<html lang="zh-CN"><title>字</title><body style="font-family: var(--fang)">汉字䶮</body></html>'
    listed = fonts_of(render_html(html, title="字", fonts=Fonts(licensed_folder)), tmp_path)
    assert any("office" in line for line in listed)
    assert len(listed) == 2


def test_a_missing_folder_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-such-folder"):
        Fonts(tmp_path / "no-such-folder")


def test_a_broken_font_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "fangsong.ttf").write_bytes(b"not a font")
    with pytest.raises(Refused, match=r"fangsong\.ttf"):
        Fonts(tmp_path)


def test_without_free_fonts_the_packages_to_install_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ask_fontconfig", lambda *_: "")
    monkeypatch.setattr(module, "_DEBIAN", dict.fromkeys(module._DEBIAN, ("/nowhere/font.ttf", 0)))
    module._find_free.cache_clear()
    with pytest.raises(Refused, match=r"fonts-noto-cjk.*fonts-lxgw-wenkai"):
        Fonts().chain("song")
    module._find_free.cache_clear()


def test_without_the_tools_of_fontconfig_the_usual_places_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    module._find_free.cache_clear()
    try:
        assert "䶮" in Fonts().chain("song")[0]
    finally:
        module._find_free.cache_clear()


def test_a_character_that_no_font_has_is_known_as_missing(fonts: Fonts) -> None:
    assert fonts.typeface_for("\U0010fffd", "kai") is None
