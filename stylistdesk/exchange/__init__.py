"""Files in and out: one module a format. Readers yield typed records; one writer stores them for all formats."""
