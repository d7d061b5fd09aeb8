"""Results of targeted recruitment at the terminal: the recruitment by its name."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core.db import db
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelState
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import Town, make_user
from tests.factories.employees import make_employee
from tests.factories.talent_pool import make_channel, make_channel_candidate

NAME = "2025年定向招聘"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, [*words, "--as", "office"], standalone_mode=False)


def test_results_come_in_and_people_go_out_by_the_name_of_the_recruitment(installation: Path) -> None:
    with application():
        town = Town()
        make_user("office", Role.DISTRICT_HR, town.district)
        person = make_employee(None, town.community)
        channel = make_channel(town.district, ChannelState.RESULTS, name=NAME)
        candidate_id = make_channel_candidate(channel, person, town.community, result=ChannelResult.ADMITTED).id
        number = person.number
    path, out = installation / "结果.xlsx", installation / "人选.xlsx"
    path.write_bytes(make_xlsx([["编号", "结果"], [number, "未聘用"]]))
    unnamed = run("import", "channel-candidates", str(path)).exception
    assert isinstance(unnamed, Refused)
    assert "哪个定向招聘" in str(unnamed)
    assert "没有定向招聘" in str(run("import", "channel-candidates", str(path), "--channel", "另一次").exception)
    done = json.loads(run("import", "channel-candidates", str(path), "--channel", NAME, "--json").stdout)
    assert (done["changed"], done["written"]) == (1, True)
    told = json.loads(run("export", "channel-candidates", "--channel", NAME, "-o", str(out), "--json").stdout)
    assert told["rows"] == 1
    back = json.loads(run("import", "channel-candidates", str(out), "--json").stdout)
    assert (back["unchanged"], back["written"]) == (1, False)
    with application():
        assert db.session.get_one(ChannelCandidate, candidate_id).result is ChannelResult.NOT_HIRED
