"""Font stacks: the office's licensed typefaces first, free ones behind them, and never an empty box."""

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fontTools.ttLib import TTCollection, TTFont

from careerpath.core.pdf.typeface import FontFile, Typeface, typeface
from careerpath.words import Refused, msg

#: What GB/T 9704-2012 and office practice ask for, by the names that the font files carry.
LICENSED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
        "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
        "hei": ("黑体", "SimHei"),
        "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
        "song": ("宋体", "SimSun"),
    }
)

#: Free typefaces that stand in, with their style.
FREE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("Noto Serif CJK SC", "Bold"),
        "fang": ("Noto Serif CJK SC", "Regular"),
        "hei": ("Noto Sans CJK SC", "Regular"),
        "kai": ("LXGW WenKai", "Regular"),
        "song": ("Noto Serif CJK SC", "Regular"),
    }
)

#: Where Debian puts them, for a machine without fontconfig's tools: path and number in the collection.
_DEBIAN: Mapping[tuple[str, str], tuple[str, int]] = MappingProxyType(
    {
        ("Noto Serif CJK SC", "Bold"): ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
        ("Noto Serif CJK SC", "Regular"): ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
        ("Noto Sans CJK SC", "Regular"): ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
        ("LXGW WenKai", "Regular"): ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
    }
)

#: Printed where no installed font has the character: the printers' geta mark, which nobody takes for text.
MISSING_MARK = "〓"


class Fonts:
    """The typefaces of one installation.

    ``fonts_folder`` is where an office drops its licensed font files (.ttf, .otf, .ttc); a file is known by the family
    name inside it. Raises ``Refused`` that names the Debian packages when a free typeface is missing.
    """

    def __init__(self, fonts_folder: Path | None = None) -> None:
        if fonts_folder is not None and not fonts_folder.is_dir():
            raise Refused(
                msg("字体文件夹 %(folder)s 不存在，请在设置中改正，或留空使用系统字体。", folder=str(fonts_folder))
            )
        self.folder = fonts_folder
        offered = _read_folder(fonts_folder) if fonts_folder else {}
        self._licensed = {
            face: next((offered[name] for name in names if name in offered), None) for face, names in LICENSED.items()
        }
        self._chains: dict[str, tuple[Typeface, ...]] = {}
        self._strays: dict[str, Typeface | None] = {}

    def chain(self, face: str) -> tuple[Typeface, ...]:
        """The typefaces of a face (``title fang hei kai song``) in the order of asking."""
        if face not in self._chains:
            free = [_find_free(*FREE[name]) for name in (face, "song", "kai", "hei")]
            licensed = self._licensed[face]
            files = dict.fromkeys([licensed, *free] if licensed else free)
            self._chains[face] = tuple(typeface(file) for file in files)
        return self._chains[face]

    def typeface_for(self, character: str, face: str) -> Typeface | None:
        """The first typeface that has the character, or any font of this machine, or ``None``."""
        for candidate in self.chain(face):
            if character in candidate:
                return candidate
        if character not in self._strays:
            self._strays[character] = _find_stray(character)
        return self._strays[character]

    def css(self) -> str:
        """Style sheet with one custom property a face: ``font-family: var(--song)``."""
        rules, stacks = [], []
        for face in LICENSED:
            family, _ = FREE[face]
            stack = [f'"{family}"', '"Noto Serif CJK SC"', '"LXGW WenKai"', '"Noto Sans CJK SC"']
            licensed = self._licensed[face]
            if licensed is not None:
                rules.append(
                    f'@font-face {{ font-family: "office {face}"; src: url("{licensed.path.resolve().as_uri()}"); }}'
                )
                stack.insert(0, f'"office {face}"')
            stacks.append(f"--{face}: {', '.join(dict.fromkeys(stack))};")
        return "\n".join([*rules, f":root {{ {' '.join(stacks)} }}"])


@cache
def _find_free(family: str, style: str) -> FontFile:
    answer = _ask_fontconfig("fc-match", "--format=%{file}\n%{index}\n%{family}", f"{family}:style={style}")
    path, number, names = [*answer.split("\n"), "", ""][:3]
    if family in names.split(",") and Path(path).is_file():
        return FontFile(family, Path(path), int(number) & 0xFFFF)
    path, index = _DEBIAN[family, style]
    if Path(path).is_file():
        return FontFile(family, Path(path), index)
    raise Refused(
        msg(
            "系统缺少打印所需的字体“%(family)s”。请安装软件包 fonts-noto-cjk 和 fonts-lxgw-wenkai"
            "（apt-get install fonts-noto-cjk fonts-lxgw-wenkai），然后重试。",
            family=family,
        )
    )


def _find_stray(character: str) -> Typeface | None:
    listed = _ask_fontconfig(
        "fc-list",
        "--format=%{file}\t%{index}\n",
        f":charset={ord(character):x}:scalable=true:color=false",
        "file",
        "index",
    )
    for line in sorted(listed.splitlines()):
        path, _, number = line.partition("\t")
        if path.lower().endswith((".ttf", ".otf", ".ttc")) and int(number) < 0x10000:
            found = typeface(FontFile(Path(path).stem, Path(path), int(number)))
            if character in found:
                return found
    return None


def _ask_fontconfig(tool: str, *arguments: str) -> str:
    program = shutil.which(tool)
    if program is None:
        return ""
    answer = subprocess.run(  # noqa: S603 - fixed program and arguments, no shell
        [program, *arguments], capture_output=True, text=True, timeout=30, check=False
    )
    return answer.stdout


def _read_folder(folder: Path) -> dict[str, FontFile]:
    """Family name to font file; raises ``Refused`` for a file that is no font."""
    offered: dict[str, FontFile] = {}
    for path in sorted(folder.iterdir()):
        suffix = path.suffix.lower()
        if suffix not in (".ttf", ".otf", ".ttc"):
            continue
        try:
            with path.open("rb") as file:
                fonts = TTCollection(file, lazy=True).fonts if suffix == ".ttc" else [TTFont(file, lazy=True)]
                for number, font in enumerate(fonts):
                    for record in font["name"].names:
                        if record.nameID in (1, 4, 6):
                            offered.setdefault(record.toUnicode(), FontFile(record.toUnicode(), path, number))
        except Exception as error:
            raise Refused(
                msg("字体文件 %(file)s 无法读取，请换成完整的 TrueType 或 OpenType 字体文件。", file=path.name)
            ) from error
    return offered
