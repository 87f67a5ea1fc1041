"""The calendar: its grids, the list of a day, and its forms."""
