"""Hosts of the demo: agencies of the district, departments of the street in the foreground, communities."""

from dataclasses import dataclass, field

from careerpath.demo.growth.waves import ON_THE_JOB, SECONDMENT, SHADOWING
from careerpath.demo.growth.work import AGENCIES, DEPARTMENTS, Agency, agency_name
from careerpath.demo.office import Office
from careerpath.demo.texts.rotations import HOST_CONTACT
from careerpath.rotations.models import HostKind
from careerpath.rotations.operations.hosts import HostGiven, host_of_unit, keep_host

PLACES = 2
UPWARD = (SHADOWING, SECONDMENT, ON_THE_JOB)


@dataclass(eq=False)
class HostWork:
    """The list of hosts as it grows."""

    office: Office
    agencies: list[int] = field(default_factory=list)
    """Ids of agencies and departments, in the order in which people are sent there."""
    turn: int = 0

    def keep(self) -> None:
        """District and street write down who takes people."""
        town, units = self.office.town, self.office.units
        for agency in AGENCIES:
            given = _given(HostKind.AGENCY, agency_name(town, agency), agency)
            self.agencies.append(keep_host(self.office.staff["district"], units[town.place.district], given))
        street = town.streets[0]
        name = town.main[0].street.name
        for department in DEPARTMENTS:
            given = _given(HostKind.DEPARTMENT, f"{name}{department.name}", department)
            self.agencies.append(keep_host(self.office.clerks[street], units[street], given))

    def next(self) -> int:
        """The agency whose turn it is."""
        self.turn += 1
        return self.agencies[self.turn % len(AGENCIES)]

    def next_of_street(self) -> int:
        """The department whose turn it is."""
        self.turn += 1
        return self.agencies[len(AGENCIES) + self.turn % len(DEPARTMENTS)]

    def community(self, code: str) -> int:
        """A community as a host."""
        return host_of_unit(self.office.staff["district"], self.office.units[code])


def _given(kind: HostKind, name: str, agency: Agency) -> HostGiven:
    lines = tuple(line.value for line in agency.lines)
    return HostGiven(kind=kind, name=name, places=PLACES, kinds=UPWARD, lines=lines, contact=HOST_CONTACT)
