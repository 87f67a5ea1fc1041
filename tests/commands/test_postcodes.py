"""The offline table of postcodes, where it is installed."""

import sys

import pytest

from stylistdesk.commands import postcodes


@pytest.mark.parametrize("written", ["10012", " 10012 ", "'10012", "10012-1234", "10012 1234"])
@pytest.mark.parametrize("country", ["US", "us", "USA", "United States"])
def test_a_zip_is_found_however_it_is_written(written: str, country: str) -> None:
    pytest.importorskip("zipcodes")
    found = postcodes.position_of(written, country)
    assert found is not None
    assert abs(found.latitude - 40_725_500) < 50_000
    assert abs(found.longitude + 73_998_300) < 50_000


@pytest.mark.parametrize(
    ("postcode", "country"),
    [("", "US"), ("1001", "US"), ("100123", "US"), ("abcde", "US"), ("٠١٢٣٤", "US"), ("H2W 1S4", "CA"), ("10012", "")],
)
def test_what_is_no_zip_is_nowhere(postcode: str, country: str) -> None:
    assert postcodes.position_of(postcode, country) is None


def test_without_the_table_positions_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zipcodes", None)
    postcodes._zip.cache_clear()
    assert not postcodes.is_there()
    assert postcodes.position_of("10012", "US") is None
    postcodes._zip.cache_clear()
