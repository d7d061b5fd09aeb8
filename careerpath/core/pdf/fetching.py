"""What a printed page may load: our own assets and pictures inside the page, nothing else."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

#: Relative references are resolved against this, so that they too reach the fetcher and are refused there.
NOWHERE = "https://nowhere.invalid/"

_PICTURES = ("data:image/png", "data:image/jpeg", "data:image/svg+xml")


class ResourceRefused(RuntimeError):
    """A page asked for something it may not load; the template is wrong, not the person who prints."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves files of the given folders (``asset:seal.png`` or ``file:`` inside them) and ``data:`` pictures.

    Everything else raises ``FatalURLFetchingError``. WeasyPrint swallows ordinary errors of a fetcher, and a font or
    a picture would vanish without a word; this one it must let through.
    """

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("asset", "file", "data"), allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The asset behind ``url``; raises ``FatalURLFetchingError`` for anything that is not ours."""
        scheme = url.partition(":")[0].lower()
        if scheme == "data":
            return self._picture(url)
        if scheme in ("asset", "file"):
            path = self._find(scheme, url)
            return URLFetcherResponse(url, path.read_bytes())
        raise FatalURLFetchingError(f"a printed page may not load {url[:200]!r}")

    def _picture(self, url: str) -> URLFetcherResponse:
        if not url.startswith(_PICTURES):
            raise FatalURLFetchingError(f"only pictures may stand inside a page, not {url[:60]!r}")
        try:
            return super().fetch(url)
        except Exception as error:
            raise FatalURLFetchingError(f"unreadable picture {url[:60]!r}") from error

    def _find(self, scheme: str, url: str) -> Path:
        parts = urlsplit(url)
        name = unquote(parts.path)
        if parts.netloc not in ("", "localhost"):
            raise FatalURLFetchingError(f"a printed page may not load {url[:200]!r}")
        for folder in self._folders:
            path = (Path(name) if scheme == "file" else folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return path
        raise FatalURLFetchingError(f"{url[:200]!r} is not one of the program's print assets")
