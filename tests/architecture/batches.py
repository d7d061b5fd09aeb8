"""Records of recruitment for the small world: what the addresses and operations of that room name.

A batch belongs to its district; positions and applications to a community of one street.
"""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.recruitment.models import BatchState, Objection
from careerpath.recruitment.operations.entering import add_application_paper, set_application_photo
from tests.employees.test_papers import make_image
from tests.factories.employees import CLERK
from tests.factories.recruitment import make_application, make_batch, make_position


def batch_records(districts: Mapping[str, Unit], communities: Mapping[str, Unit]) -> dict[str, dict[str, int]]:
    """A batch of each place's district with a position and an application at its community."""
    batches = {unit.id: make_batch(unit, BatchState.PUBLISHED) for unit in districts.values()}
    found = {}
    for place, district in districts.items():
        batch = batches[district.id]
        position = make_position(batch, communities[place])
        application = make_application(position)
        paper_id = add_application_paper(CLERK, application.id, "diploma", "毕业证书.jpg", make_image())
        set_application_photo(CLERK, application.id, make_image())
        objection = Objection(
            batch_id=batch.id,
            application_id=application.id,
            received_on=date(2026, 1, 28),
            named=True,
            text="学历不实",
            received_by="区级经办",
        )
        with writing() as session:
            session.add(objection)
        found[place] = {
            "objection_id": objection.id,
            "batch_id": batch.id,
            "position_id": position.id,
            "application_id": application.id,
            "paper_id": paper_id,
        }
    return found
