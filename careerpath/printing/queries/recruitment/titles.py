"""How papers of recruitment call batches, positions and what people were before."""

from careerpath.core.pdf.wording import day_and_weekday
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.models import Source
from careerpath.recruitment.models import RecruitmentBatch, RecruitmentPosition


def source_name(source: Source) -> str:
    """What people were before, in words."""
    return str(SOURCES[source])


def base_title(batch: RecruitmentBatch) -> str:
    """The title of a batch's papers without the word notice: 费县2025年公开招聘社区工作者."""
    return batch.title.strip().removesuffix("公告")


def exam_time(batch: RecruitmentBatch) -> str:
    """Day and hours of the written exam, as far as they are known."""
    return "" if batch.written_on is None else f"{day_and_weekday(batch.written_on)}{batch.written_time}"


def position_words(position: RecruitmentPosition, place: str) -> str:
    """A position with its number and its unit."""
    return f"{position.code}　{place}　{position.title}"
