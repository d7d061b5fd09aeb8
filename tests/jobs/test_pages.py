"""What the owner of background work sees of it, and nobody else."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from careerpath.access.actor import Actor
from careerpath.access.guard import OPERATIONS
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.jobs import lease
from careerpath.jobs.models import Job
from careerpath.jobs.operations import cancel_job
from careerpath.jobs.queries import JOB_WORDS
from careerpath.jobs.runner import PACE, run_job
from tests.factories.access import PASSWORD, Town, make_actor
from tests.factories.jobs import Tally, job_now, order


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def clerk(town: Town) -> Actor:
    return make_actor(Role.STREET_HR, town.street, "wang")


def enter(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD})
    return client


def test_a_page_follows_a_job_from_the_queue_to_the_result(app: Flask, clerk: Actor, tmp_path: Path) -> None:
    client = enter(app, "wang")
    job_id = order(clerk)
    waiting = client.get(f"/jobs/{job_id}/status").get_json()
    assert (waiting["status"], waiting["done"], waiting["result_url"]) == ("waiting", 0, None)
    assert waiting["cancel_url"] == f"/jobs/{job_id}/cancel"
    lease.take(job_id, "one/a", PACE.lease)
    lease.keep_plan(job_id, "one/a", [0, 1, 2])
    lease.keep_chunk(job_id, "one/a", 0, "x", PACE.lease)
    running = client.get(f"/jobs/{job_id}/status").get_json()
    assert (running["status"], running["done"], running["total"]) == ("running", 1, 3)
    assert running["message"] == "共 3 个部分，已完成 1 个。"
    lease.release(job_id, "one/a")
    files().create("x").close()
    run_job(job_id, {"tally": Tally(tmp_path / "made")}, "two")
    done = client.get(f"/jobs/{job_id}/status").get_json()
    assert (done["status"], done["result_url"], done["cancel_url"]) == ("done", f"/jobs/{job_id}/result", None)


def test_a_result_comes_with_its_type_and_its_chinese_name(app: Flask, clerk: Actor, tmp_path: Path) -> None:
    job_id = order(clerk)
    run_job(job_id, {"tally": Tally(tmp_path / "made")}, "one")
    answer = enter(app, "wang").get(f"/jobs/{job_id}/result")
    assert answer.data == b"wang:0;wang:1;wang:2;"
    assert (answer.mimetype, answer.content_length) == ("application/pdf", len(answer.data))
    assert f"filename*=UTF-8''{quote('费城街道登记表.pdf')}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()


@pytest.mark.parametrize("address", ["", "/status", "/result"])
def test_work_of_another_person_is_not_there(
    app: Flask, town: Town, clerk: Actor, address: str, tmp_path: Path
) -> None:
    make_actor(Role.DISTRICT_HR, town.district, "zhao")
    job_id = order(clerk)
    run_job(job_id, {"tally": Tally(tmp_path / "made")}, "one")
    assert enter(app, "zhao").get(f"/jobs/{job_id}{address}").status_code == 404
    assert enter(app, "zhao").get(f"/jobs/{job_id + 1}{address}").status_code == 404


def test_a_result_that_is_not_there_yet_or_no_more_is_refused_with_the_reason(
    app: Flask, clerk: Actor, tmp_path: Path
) -> None:
    client = enter(app, "wang")
    job_id = order(clerk)
    early = client.get(f"/jobs/{job_id}/result", headers={"Accept": "application/json"})
    assert (early.status_code, early.get_json()["message"]) == (422, "任务尚未完成，请完成后再下载。")
    run_job(job_id, {"tally": Tally(tmp_path / "made")}, "one")
    files().remove(job_now(job_id).result_key)
    assert client.get(f"/jobs/{job_id}/result").status_code == 404


def test_the_owner_cancels_and_removes_on_the_pages(app: Flask, clerk: Actor) -> None:
    client = enter(app, "wang")
    job_id = order(clerk)
    assert client.post(f"/jobs/{job_id}/cancel").location == f"/jobs/{job_id}"
    page = client.get(f"/jobs/{job_id}").get_data(as_text=True)
    assert "任务已取消。" in page
    assert "data-job-url" not in page
    late = client.post(f"/jobs/{job_id}/cancel", follow_redirects=True)
    assert "这项任务已经结束，不能取消。" in late.get_data(as_text=True)
    assert client.post(f"/jobs/{job_id}/forget").location == "/jobs"
    assert client.get(f"/jobs/{job_id}").status_code == 404
    assert "还没有后台任务" in client.get("/jobs").get_data(as_text=True)


def test_the_page_of_a_job_that_failed_says_why(app: Flask, clerk: Actor) -> None:
    job_id = order(clerk, kind="abacus")
    run_job(job_id, {}, "one")
    page = enter(app, "wang").get(f"/jobs/{job_id}").get_data(as_text=True)
    assert "现在的程序不能办理这类任务（abacus）" in page
    assert "未能完成" in page
    assert "<progress" not in page


def test_a_page_without_script_reloads_itself_while_the_job_runs(app: Flask, clerk: Actor) -> None:
    page = enter(app, "wang").get(f"/jobs/{order(clerk)}").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert 'data-job-url="/jobs/1/status"' in page


def test_the_list_costs_the_same_for_one_job_and_for_many(app: Flask, clerk: Actor) -> None:
    client = enter(app, "wang")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    costs = []
    for parts in range(3):
        cancel_job(clerk, order(clerk, parts))
        asked.clear()
        assert client.get("/jobs").get_data(as_text=True).count("费城街道年度考核登记表") >= parts + 1
        costs.append(sum(1 for statement in asked if statement.startswith("SELECT")))
    assert len(set(costs)) == 1
    assert costs[0] <= 8


def test_the_trail_has_a_word_for_everything_about_background_work() -> None:
    assert set(Job.__table__.columns.keys()) - {"id"} == set(JOB_WORDS.columns)
    mine = {name.rpartition(".")[2] for name in OPERATIONS if name.startswith("careerpath.jobs.")}
    assert mine == set(JOB_WORDS.operations)
