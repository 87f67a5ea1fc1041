"""Brands and commission rates as CSV, with the columns by which they are imported."""

from stylistdesk.domain.rates import format_rate
from stylistdesk.exchange import brands, commission_rates
from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.exports_of_sales import ExportBrand, ExportRate


def brands_table(rows: tuple[ExportBrand, ...]) -> Table:
    """The whole list: a row for each brand, then one for each client who is something to it."""
    return Table(
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


def rates_table(rows: tuple[ExportRate, ...]) -> Table:
    """The whole list: a row for each rate that was set, but those of single lines."""
    return Table(
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
                row.starts_on,
                row.ends_on,
                row.note,
            )
            for row in rows
        ),
    )
