"""Brands and commission rates as CSV, with the columns by which they are imported."""

from datetime import date

from stylistdesk.domain.rates import format_rate
from stylistdesk.exchange import brands, commission_rates
from stylistdesk.exchange.spreadsheet import csv_text
from stylistdesk.queries.exports_of_sales import ExportBrand, ExportRate


def brands_text(rows: tuple[ExportBrand, ...]) -> str:
    """The whole file: a row for each brand, then one for each client who is something to it."""
    return csv_text(
        brands.COLUMNS,
        (
            (
                row.brand,
                format_rate(row.default_rate) if row.default_rate is not None else "",
                row.note,
                row.client.email,
                row.client.phone,
                row.client.name,
                row.status.value if row.status else "",
                row.number,
            )
            for row in rows
        ),
    )


def rates_text(rows: tuple[ExportRate, ...]) -> str:
    """The whole file: a row for each rate that was set, but those of single lines."""
    return csv_text(
        commission_rates.COLUMNS,
        (
            (
                row.scope.value,
                row.brand,
                row.client.email,
                row.client.phone,
                row.client.name,
                row.order_number,
                format_rate(row.rate),
                _day(row.starts_on),
                _day(row.ends_on),
                row.note,
            )
            for row in rows
        ),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
