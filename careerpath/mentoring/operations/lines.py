"""Lines of work that a mentor teaches or a mentee wants: codes of those that the district keeps."""

from collections.abc import Iterable, Sequence

from careerpath.skills.queries.lines import lines_of_many
from careerpath.words import Refused, msg


class KnownLines:
    """The lines of work at some unit paths, those no longer in use among them. One query for all."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._places = {
            path: {line.code: place for place, line in enumerate(lines)}
            for path, lines in lines_of_many(paths, retired=True).items()
        }

    def check(self, codes: Sequence[str], path: str, field: str) -> list[str]:
        """Each code once, in the order of the lines. Raises ``Refused`` for one that the district does not keep."""
        places = self._places[path]
        for code in codes:
            if code not in places:
                raise Refused(msg("业务目录中没有“%(code)s”，请先在业务目录中添加。", code=code), field=field)
        return sorted(set(codes), key=places.__getitem__)
