"""A worker with a phone in the hand."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenDesk
from tests.browser.office import Office

pytestmark = pytest.mark.browser

STREET = "371325108"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_a_worker_writes_the_summary_on_a_phone_and_signs_the_result(desk: OpenDesk, office: Office) -> None:
    name, appraisal_id = office.worker_in(STREET)
    worker = desk(office.hand_out(name), **PHONE)
    page = worker.page
    worker.go(f"/my-appraisals/{appraisal_id}")
    text = "一年来走访居民三百二十户，调解纠纷十二起，组织志愿服务二十场。"
    page.get_by_label("个人总结").fill(text)
    expect(page.locator("[data-save-state]")).to_contain_text("草稿已保存")
    page.reload()
    expect(page.get_by_label("个人总结")).to_have_value(text)
    worker.click("保存个人总结")
    expect(page.get_by_role("status").first).to_be_visible()

    office.finish_street(STREET)
    worker.go(f"/my-appraisals/{appraisal_id}")
    expect(page.get_by_role("heading", name="考核结果")).to_be_visible()
    expect(page.locator(".mark").first).to_contain_text("称职")
    page.get_by_role("textbox").fill("同意考核结果。")
    worker.click("签署意见")
    expect(page.get_by_text("您已签署意见：同意考核结果。")).to_be_visible()


def test_the_language_is_switched_and_switched_back(desk: OpenDesk) -> None:
    worker = desk("worker", **PHONE)
    worker.go("/my-appraisals")
    expect(worker.page.locator("html")).to_have_attribute("lang", "zh-CN")
    worker.page.get_by_role("button", name="English").click()
    expect(worker.page).to_have_url(re.compile("/my-appraisals"))
    expect(worker.page.locator("html")).to_have_attribute("lang", "en")
    expect(worker.page.get_by_role("heading", level=1)).to_have_text(re.compile("[A-Za-z]+"))
    worker.click("中文")
    expect(worker.page.get_by_role("heading", level=1)).to_have_text("我的年度考核")
