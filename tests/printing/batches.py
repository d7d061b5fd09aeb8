"""A batch with applicants who have photographs, numbers and scores, as far on its way as a test wants."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    Application,
    EligibilityReview,
    Examinee,
    ListLine,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.operations.entering import set_application_photo
from tests.employees.test_papers import make_image
from tests.factories.employees import CLERK
from tests.recruitment.finals import Contest

CONTACT = "费县县委社会工作部，0539-5221234"
LONG_NAME = "阿卜杜热合曼·买买提明江"


def make_contest() -> Contest:
    """Two positions in two streets: 林一诺 and 王思远 for two places, the one with a long name and 周子涵 for one."""
    contest = Contest(contact=CONTACT, remark="考生应当保持通讯畅通。")
    here = contest.position(2, demand="能适应夜间值班")
    there = contest.position(1, unit=contest.town.foreign, group="veteran")
    contest.candidate("林一诺", here, "88", "85.5", accepts_transfer=True)
    contest.candidate("王思远", here, "80", "80")
    bonus = {"bonus": ["veteran", "social_worker"], "bonus_granted": ["social_worker"]}
    contest.candidate(LONG_NAME, there, "77", "88", ethnic="29", **bonus)
    contest.candidate("周子涵", there, "60", "59")
    return contest


def give_photo(contest: Contest, *names: str) -> None:
    """Give people a photograph."""
    for name in names:
        set_application_photo(CLERK, contest.names[name], make_image())


def review(contest: Contest, name: str, reason: str = "") -> None:
    """Two reviewers looked at somebody's papers and passed them."""
    with writing() as session:
        for stage, by in ((ReviewStage.FIRST, "王敏"), (ReviewStage.SECOND, "李强")):
            one = EligibilityReview(application_id=contest.names[name], stage=stage, verdict=Verdict.PASSED, by=by)
            one.reason, one.at = reason, clock.now()
            session.add(one)


def release_written(contest: Contest) -> None:
    """The shortlist as it was published: everybody is on it, by points."""
    with writing() as session:
        rows = session.execute(select(Examinee, Application).join(Application)).all()
        for examinee, application in rows:
            points = Decimal(0) if examinee.written is None else examinee.written[""]
            session.add(
                ListLine(
                    batch_id=contest.batch_id,
                    position_id=application.position_id,
                    application_id=application.id,
                    stage=Stage.SHORTLIST,
                    rank=1 + sum(1 for other, _ in rows if (other.written or {}).get("", Decimal(0)) > points),
                    written=points,
                    bonus=Decimal(3) if application.bonus_granted else Decimal(0),
                    first_outcome=Outcome.SHORTLISTED,
                    outcome=Outcome.SHORTLISTED,
                    published_on=date(2025, 12, 26),
                )
            )


def application(contest: Contest, name: str) -> Application:
    """Somebody's application."""
    return db.session.get_one(Application, contest.names[name])
