"""Every guard of faults.md is where the table says; in the long form each is taken out and its test seen to fail."""

from pathlib import Path

import pytest

from tests.faults.guards import GUARDS, ROOT, TABLE, Guard, copy_of_the_program, fails_without, markdown
from tests.torture import LONG


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.fault}: {guard.says}")
def test_a_guard_is_there_and_so_is_its_test(guard: Guard) -> None:
    assert (ROOT / guard.module).read_text("utf-8").count(guard.words) == 1, "the table of guards.py is behind"
    file, _, name = guard.test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8") if name else (ROOT / file).exists()


def test_the_document_has_every_row() -> None:
    assert TABLE.read_text("utf-8") == markdown(), "run: python -m tests.faults.guards"


@pytest.mark.skipif(not LONG, reason="each takes seconds to minutes: make torture")
@pytest.mark.timeout(0)
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.fault}: {guard.says}")
def test_its_test_fails_without_it(guard: Guard, tmp_path: Path) -> None:
    failed, said = fails_without(guard, copy_of_the_program(tmp_path))
    assert failed, said
