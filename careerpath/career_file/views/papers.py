"""The career file as PDF: one person's for the office, and one's own."""

from flask import render_template
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.career_file.queries.papers import career_pdf, own_career_pdf
from careerpath.career_file.views.room import blueprint
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.downloads import file_answer
from careerpath.employees.views.room import day_asked
from careerpath.words import NotFound

PDF = "application/pdf"


@blueprint.get("/employees/<int:employee_id>/career.pdf")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def paper(employee_id: int) -> ResponseReturnValue:
    """One person's career file for the file."""
    name, content = career_pdf(current_actor(), employee_id, day_asked())
    return file_answer(content, name, PDF)


@blueprint.get("/own/career.pdf")
@needs(Permission.OWN_FILE_VIEW)
@knows_day(then=True)
def own_paper() -> ResponseReturnValue:
    """One's own career file; an account without a file is told what to do."""
    try:
        name, content = own_career_pdf(current_actor(), day_asked())
    except NotFound:
        return render_template("employees/no-file.html")
    return file_answer(content, name, PDF)
