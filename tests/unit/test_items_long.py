"""Long and repetitive texts in files of others: read or refused in a moment, by processor time."""

from __future__ import annotations

import signal

import pytest

from modules.exchange.items import moodle_xml, qti21
from tests import qti_items as qti
from tests.quizzes import answer, question, quiz

TIMES = 50_000
REPEATED = ["{1:SA:", "<img ", '<img a="', "<", "&lt;", "*", "[", "\\", "- a\n", "~", "#", "\n \n"]


@pytest.fixture
def moment():
    """Two seconds of this process, a tenth of which is enough; what hangs is stopped."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("way", ["html", "markdown", "moodle_auto_format"])
@pytest.mark.parametrize("piece", REPEATED)
def test_a_stem_of_one_sign_after_the_other_hangs_nobody(moment, piece, way):
    part = question("truefalse", piece * TIMES, answer("true", 100), answer("false", 0), way=way)
    bank = moodle_xml.read(quiz(part))
    assert len(bank.items) + len(bank.refused) == 1


@pytest.mark.parametrize("piece", REPEATED)
def test_a_cloze_of_one_sign_after_the_other_hangs_nobody(moment, piece):
    bank = moodle_xml.read(quiz(question("cloze", "{1:SA:=a} " + piece * TIMES)))
    assert len(bank.items) + len(bank.refused) == 1


def test_more_gaps_than_a_text_has_are_refused(moment):
    bank = moodle_xml.read(quiz(question("cloze", "{1:SA:=a}" * 51)))
    assert bank.refused[0].sentence == "It has more than 50 gaps."


EMPTY = "<isNull><variable identifier='RESPONSE'/></isNull>"


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (qti.when(EMPTY) * 5_000, "It is marked by more than 1,000 rules."),
        (qti.when(f"<and>{f'<or>{EMPTY * 3}</or>' * 30}</and>"), "with “and”"),
        (qti.when(f"{'<or>' * 90}{EMPTY}{'</or>' * 90}"), "It gives marks for any answer"),
    ],
)
def test_rules_without_an_end_are_refused(moment, rules, why):
    xml = qti.item(qti.declared("single"), body=qti.choice("x", "y"), after=qti.rules(rules))
    assert why in qti21.read(xml.encode()).refused[0].sentence
