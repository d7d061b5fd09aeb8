"""Settings of mail: what is taken as it stands, and what is refused at start with the remedy."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from careerpath.settings import MailServer, load_settings
from careerpath.words import Refused

KEYS = {"CAREERPATH_SECRET_KEY": "a" * 64, "CAREERPATH_DATA_KEY": "b" * 64}
MAIL = {"CAREERPATH_MAIL_HOST": "mail.office.example", "CAREERPATH_MAIL_FROM": "careerpath@office.example"}


def test_without_a_host_nothing_is_mailed() -> None:
    settings = load_settings(KEYS)
    assert (settings.mail, settings.address, settings.mail_names) == (None, "", False)


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_way_to_a_server_has_its_usual_port(security: str, port: int) -> None:
    settings = load_settings({**KEYS, **MAIL, "CAREERPATH_MAIL_SECURITY": security})
    assert settings.mail == MailServer("mail.office.example", port, security or "starttls", "careerpath@office.example")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"CAREERPATH_MAIL_SECURITY": "ssl"}, "CAREERPATH_MAIL_SECURITY"),
        ({"CAREERPATH_MAIL_FROM": "careerpath"}, "CAREERPATH_MAIL_FROM"),
        ({"CAREERPATH_MAIL_FROM": ""}, "CAREERPATH_MAIL_FROM"),
        ({"CAREERPATH_MAIL_PORT": "0"}, "CAREERPATH_MAIL_PORT"),
        ({"CAREERPATH_MAIL_USER": "careerpath"}, "CAREERPATH_MAIL_PASSWORD"),
        (
            {
                "CAREERPATH_MAIL_USER": "careerpath",
                "CAREERPATH_MAIL_PASSWORD": "secret",
                "CAREERPATH_MAIL_SECURITY": "none",
            },
            "CAREERPATH_MAIL_SECURITY",
        ),
        ({"CAREERPATH_ADDRESS": "careerpath.office.example"}, "CAREERPATH_ADDRESS"),
        ({"CAREERPATH_ADDRESS": "https://office.example/\nX: 1"}, "CAREERPATH_ADDRESS"),
        ({"CAREERPATH_MAIL_NAMES": "yes"}, "CAREERPATH_MAIL_NAMES"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_name(wrong: Mapping[str, str], named: str) -> None:
    with pytest.raises(Refused, match=named):
        load_settings({**KEYS, **MAIL, **wrong})


def test_the_address_of_the_program_may_lie_below_another() -> None:
    settings = load_settings({**KEYS, "CAREERPATH_ADDRESS": "https://office.example/careerpath/"})
    assert settings.address == "https://office.example/careerpath"


def test_the_page_of_settings_leaves_none_out() -> None:
    root = Path(__file__).resolve().parent.parent
    read = re.findall(r'"(CAREERPATH_[A-Z_]+)"', (root / "careerpath" / "settings.py").read_text(encoding="utf-8"))
    told = re.findall(r"`(CAREERPATH_[A-Z_]+)`", (root / "docs" / "settings.md").read_text(encoding="utf-8"))
    assert set(read) == set(told)
