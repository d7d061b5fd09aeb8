"""What an uploaded file really is, by its content: name and declared type are not believed."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

from careerpath.words import Refused, msg

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE
PAPER_LIMIT = 20 * MEGABYTE
PHOTO_SIZE = (480, 640)
"""Largest width and height at which a photo is kept, in pixels."""
PIXEL_LIMIT = 50_000_000
SIGNS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
SCRIPTS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMediaExecute"})


@dataclass(frozen=True, slots=True)
class Content:
    """Checked bytes and their media type."""

    body: bytes
    media_type: str


def read_photo(body: bytes) -> bytes:
    """A portrait as a JPEG of at most 480 × 640, drawn anew: without metadata and whatever else the file carried."""
    _check_size(body, PHOTO_LIMIT)
    if media_type(body) not in {"image/jpeg", "image/png"}:
        raise Refused(msg("照片应为 JPEG 或 PNG 图片（按文件内容判断，与扩展名无关）。"), field="photo")
    image = _image(body)
    image.thumbnail(PHOTO_SIZE)
    return _written(image, "JPEG", quality=88)


def read_paper(body: bytes) -> Content:
    """A scanned paper: an image drawn anew without metadata, or a PDF without scripts, as it is."""
    _check_size(body, PAPER_LIMIT)
    found = media_type(body)
    if found == "application/pdf":
        _check_pdf(body)
        return Content(body, found)
    if found == "image/jpeg":
        return Content(_written(_image(body), "JPEG", quality=92), found)
    if found == "image/png":
        return Content(_written(_image(body), "PNG"), found)
    raise Refused(msg("附件应为 PDF、JPEG 或 PNG（按文件内容判断，与扩展名无关），请转换后再上传。"), field="file")


def media_type(body: bytes) -> str:
    """The media type that the first bytes tell; empty for anything else."""
    return next((name for sign, name in SIGNS.items() if body.startswith(sign)), "")


def paper_name(name: str, kind: str) -> str:
    """A file name that is safe to hand out again, with the ending of what the file is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    kept = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"|?*;%').strip(" .")
    return f"{kept[:80] or 'file'}{ENDINGS[kind]}"


def _check_size(body: bytes, limit: int) -> None:
    if not body:
        raise Refused(msg("文件是空的，请重新选择。"), field="file")
    if len(body) > limit:
        raise Refused(
            msg("文件有 %(size)s MB，最多 %(limit)s MB，请压缩后再上传。", size=-(-len(body) // MEGABYTE),
                limit=limit // MEGABYTE),
            field="file",
        )  # fmt: skip


def _image(body: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(body), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > PIXEL_LIMIT:
                raise Refused(
                    msg("图片为 %(width)s×%(height)s 像素，过大，请缩小后再上传。", width=opened.width,
                        height=opened.height),
                    field="file",
                )  # fmt: skip
            turned = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(msg("图片已损坏，无法读取，请重新扫描或另存后再上传。"), field="file") from error
    plain = Image.new("RGB", turned.size, "white")
    plain.paste(turned, mask=turned.getchannel("A"))
    return plain


def _written(image: Image.Image, kind: str, quality: int = 0) -> bytes:
    target = BytesIO()
    if quality:
        image.save(target, kind, quality=quality)
    else:
        image.save(target, kind)
    return target.getvalue()


def _check_pdf(body: bytes) -> None:
    _, end, rest = body.rpartition(b"%%EOF")
    if not end or rest.strip(b"\r\n\0 "):
        raise Refused(msg("PDF 不完整，或结尾之后另有内容，请重新导出后再上传。"), field="file")
    try:
        with pikepdf.open(BytesIO(body)) as pdf:
            if not pdf.pages:
                raise Refused(msg("PDF 没有页面，请重新导出。"), field="file")
            active = any(_is_active(item) for item in pdf.objects)
    except pikepdf.PasswordError as error:
        raise Refused(msg("PDF 设有打开密码，请去除密码后再上传。"), field="file") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refused(msg("PDF 已损坏，无法读取，请重新导出后再上传。"), field="file") from error
    if active:
        raise Refused(msg("PDF 带有脚本或内嵌文件，为安全起见不予接收，请“打印为 PDF”后再上传。"), field="file")


def _is_active(item: pikepdf.Object) -> bool:
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return "/JS" in item or "/EF" in item or _holds_script(item, 0)


def _holds_script(item: pikepdf.Object, depth: int) -> bool:
    if str(item.get("/S", "")) in SCRIPTS or "/JS" in item:
        return True
    if depth > 3:
        return False
    inner = (item.get(name) for name in ("/A", "/AA", "/OpenAction", "/Next"))
    found = (one for one in inner if isinstance(one, pikepdf.Dictionary))
    return any(_holds_script(one, depth + 1) or any(
        _holds_script(part, depth + 1) for part in one.as_dict().values() if isinstance(part, pikepdf.Dictionary)
    ) for one in found)  # fmt: skip
