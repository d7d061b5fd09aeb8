"""Announcements of a batch, from records to PDF, each with its number and code at the foot."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.policy.recruitment import Stage
from careerpath.printing.documents.notices import PublicNotice, render_notice
from careerpath.printing.documents.recruitment.rooms import render_labels, render_seating
from careerpath.printing.queries.recruitment import lists
from careerpath.printing.queries.recruitment.exam import seating_chart, secret_labels
from careerpath.printing.queries.recruitment.notice import recruitment_notice
from careerpath.printing.queries.wording import foot_of
from careerpath.recruitment.queries.nearby import near_batch

PREFIX = "ZP"
"""What the numbers of announcements begin with."""

Making = Callable[[Actor, int], PublicNotice]

KINDS: Mapping[str, tuple[str, Making]] = {
    "recruitment-notice": ("01", recruitment_notice),
    "written-scores": ("02", lambda actor, batch_id: lists.score_list(actor, batch_id, Stage.SHORTLIST)),
    "total-scores": ("03", lambda actor, batch_id: lists.score_list(actor, batch_id, Stage.FINAL)),
    "interview-list": ("04", lists.interview_list),
    "medical-list": ("05", lists.medical_list),
    "background-list": ("06", lists.background_list),
    "appointment-notice": ("07", lists.appointment_notice),
}
"""Each announcement with the last digits of its number."""


def announcement(actor: Actor, code: str, batch_id: int) -> PublicNotice:
    """What an announcement says, with its foot."""
    kind, make = KINDS[code]
    notice = make(actor, batch_id)
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    number = f"{PREFIX}-{batch.year}-{batch.id:04d}-{kind}"
    return replace(notice, foot=foot_of(actor, number, wording.code_over(number, notice.said())))


def announcement_pdf(actor: Actor, code: str, batch_id: int) -> tuple[str, bytes]:
    """An announcement as PDF, with a name for the file. Raises ``Refused`` before its time and for an empty list."""
    found = announcement(actor, code, batch_id)
    return f"{found.name}.pdf", render_notice(current_app.jinja_env, fonts(), found)


def score_list_pdf(actor: Actor, batch_id: int, stage: Stage | None) -> tuple[str, bytes]:
    """成绩公告 of a stage, by default the newest published."""
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_DECIDE)
    wanted = stage or (Stage.FINAL if batch.state in lists.AFTER_FINAL else Stage.SHORTLIST)
    return announcement_pdf(actor, "total-scores" if wanted is Stage.FINAL else "written-scores", batch_id)


def seating_pdf(actor: Actor, batch_id: int) -> tuple[str, bytes]:
    """考场座次表 with the lists for the doors."""
    chart = seating_chart(actor, batch_id)
    return f"{chart.title}考场座次表.pdf", render_seating(current_app.jinja_env, fonts(), chart)


def labels_pdf(actor: Actor, batch_id: int) -> tuple[str, bytes]:
    """密号条 for the answer sheets."""
    labels = secret_labels(actor, batch_id)
    return f"{labels.title}.pdf", render_labels(current_app.jinja_env, fonts(), labels)
