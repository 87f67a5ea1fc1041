"""`python -m stylistdesk`."""

from stylistdesk.cli import main

main()
