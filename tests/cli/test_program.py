"""How every command ends."""

import pytest

from careerpath.cli import main, program
from careerpath.words import NotFound, Refused, Unmet, msg


@pytest.mark.parametrize("reason", [Refused(msg("没有找到文件 %(file)s。", file="花名册.xlsx")), NotFound()])
def test_what_is_refused_or_not_there_ends_with_one_and_its_sentence(
    reason: Unmet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusing(*, standalone_mode: bool) -> None:
        raise reason

    monkeypatch.setattr(program.program, "main", refusing)
    with pytest.raises(SystemExit) as ending:
        main()
    assert (ending.value.code, capsys.readouterr()) == (1, ("", f"{reason.message}\n"))
