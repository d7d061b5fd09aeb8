"""What is shown of people: lists, one person's file, who served on a day."""

from careerpath.employees.queries.people import PeopleFilters, PersonFound, PersonRow, find_people, people_list
from careerpath.employees.queries.person import PersonHead, person_head
from careerpath.employees.queries.serving import PostingOn, Service, in_service_on, own_employee, postings_on

__all__ = [
    "PeopleFilters",
    "PersonFound",
    "PersonHead",
    "PersonRow",
    "PostingOn",
    "Service",
    "find_people",
    "in_service_on",
    "own_employee",
    "people_list",
    "person_head",
    "postings_on",
]
