"""The background worker: hears the queue's calls, looks round for work that was left lying, and keeps house daily.

The table of jobs says what is to be done. A call only saves waiting.
"""

import os
import socket
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.queue import Listener, queue
from careerpath.core.web.language import in_language
from careerpath.dashboard.operations.reminders import send_reminders
from careerpath.employees.operations.history import settle_postings
from careerpath.jobs import lease
from careerpath.jobs.operations import sweep_results
from careerpath.jobs.runner import PACE, Handler, Pace, run_job
from careerpath.pay.operations.background import RunWork
from careerpath.pay.queries.runs import RUN_JOB
from careerpath.printing.operations.appraisals import FORMS_JOB
from careerpath.printing.operations.appraisals import KIND as FORMS_KIND
from careerpath.printing.operations.growth import GROWTH_JOBS
from careerpath.printing.operations.pay_changes import CHANGES_JOB
from careerpath.printing.operations.pay_changes import KIND as CHANGES_KIND
from careerpath.printing.operations.pay_months import REGISTERS_JOB, REGISTERS_KIND, SLIPS_JOB, SLIPS_KIND
from careerpath.printing.operations.recruitment import KIND as RECRUITMENT_FORMS_KIND
from careerpath.printing.operations.recruitment import RECRUITMENT_FORMS_JOB
from careerpath.printing.operations.talent_pool import KIND as SELECTION_FORMS_KIND
from careerpath.printing.operations.talent_pool import SELECTION_FORMS_JOB
from careerpath.recruitment.operations.purge import purge_applicants
from careerpath.settings import Settings
from careerpath.spreadsheets.operations.background import ExportWork, ImportWork
from careerpath.spreadsheets.operations.imports import sweep_imports
from careerpath.talent_pool.operations.proposals import check_pool

HANDLERS: dict[str, Handler] = {
    FORMS_KIND: FORMS_JOB,
    CHANGES_KIND: CHANGES_JOB,
    RUN_JOB: RunWork(),
    REGISTERS_KIND: REGISTERS_JOB,
    SLIPS_KIND: SLIPS_JOB,
    RECRUITMENT_FORMS_KIND: RECRUITMENT_FORMS_JOB,
    SELECTION_FORMS_KIND: SELECTION_FORMS_JOB,
    **GROWTH_JOBS,
    "sheet-export": ExportWork(),
    "sheet-import": ImportWork(),
}
"""What workers can do, by the kind of job: a table of contents, one line each."""

DAILY: dict[str, Callable[[], object]] = {
    "check_pool": lambda: check_pool(Actor.console(), clock.today()),
    "purge_applicants": lambda: purge_applicants(Actor.console(), clock.today()),
    "sweep_imports": lambda: sweep_imports(Actor.console()),
    "sweep_results": lambda: sweep_results(Actor.console()),
    "settle_postings": lambda: settle_postings(Actor.console(), clock.today()),
    "send_reminders": lambda: send_reminders(Actor.console(), clock.today()),
}
"""What is done once a day, by its name of at most 40 letters. Doing it twice must do no harm."""

DAILY_HOUR = 3
"""The office hour from which the day's housekeeping is done; a machine that sleeps at night does it in the morning."""

LATER_HOURS = {"send_reminders": 7}
"""What is done later in the morning: nobody is woken by a mail, and the night's proposals are told already."""


class Worker:
    """One worker process of the program; it does one job at a time."""

    def __init__(self, app: Flask, handlers: dict[str, Handler] | None = None, pace: Pace = PACE) -> None:
        self.app = app
        self.handlers = HANDLERS if handlers is None else handlers
        self.pace = pace
        self.listener: Listener | None = None

    @property
    def name(self) -> str:
        """The machine and the process, as they stand in the rows of the jobs it holds."""
        return f"{socket.gethostname()[:40]}:{os.getpid()}"

    def run(self) -> None:
        """Work until a signal asks to stop; what could not be finished is given back."""
        with self.app.app_context():
            self.listener = queue().listener(self.wake, self.look_round)
            self.listener.run()
            try:
                lease.release_all(self.name)
            except SQLAlchemyError:
                self.app.logger.warning("the lease of an unfinished job was not given back; it will run out by itself")
            queue().close()
            db.session.remove()
            db.engine.dispose()

    def wake(self, job_id: int) -> None:
        """Do the job of this id, if it is free."""
        with self.app.app_context(), in_language(self._settings.locale):
            run_job(job_id, self.handlers, self.name, pace=self.pace, stopping=self._is_stopping)

    def look_round(self) -> None:
        """Do the jobs that nobody was called to or whose worker died, and the day's housekeeping."""
        with self.app.app_context():
            due = lease.due_jobs()
        for job_id in due:
            if self._is_stopping():
                return
            self.wake(job_id)
        self.keep_house()

    def keep_house(self) -> None:
        """Each piece of the day's housekeeping that no worker has begun yet. One that fails waits for tomorrow."""
        today, hour = clock.today(), clock.office_time(clock.now()).hour
        for name, chore in DAILY.items():
            if hour < LATER_HOURS.get(name, DAILY_HOUR):
                continue
            with self.app.app_context(), in_language(self._settings.locale):
                if not lease.begin_chore(name, today):
                    continue
                origin = audit.origin.set(audit.Origin("job", self.name, name))
                try:
                    chore()
                except Exception:
                    self.app.logger.exception("daily housekeeping failed: %s", name)
                finally:
                    audit.origin.reset(origin)

    @property
    def _settings(self) -> Settings:
        settings: Settings = self.app.extensions["careerpath.settings"]
        return settings

    def _is_stopping(self) -> bool:
        return self.listener is not None and self.listener.is_stopping()
