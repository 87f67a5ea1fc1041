"""The door: `stylistdesk` alone opens the desk at once, anything else goes to the command line.

Typer and what it brings take a fifth of the time to the first frame, so opening does without them.
"""

import gc
import sys


def main() -> None:
    """Run stylistdesk."""
    # While modules are loaded there is little garbage to find: looking for it takes a twelfth of the start.
    gc.set_threshold(50_000, 20, 20)
    if len(sys.argv) > 1:
        from stylistdesk.cli import main as command_line

        command_line()
        return
    from stylistdesk.clock import clock_from
    from stylistdesk.domain.errors import Refused
    from stylistdesk.paths import desk_paths
    from stylistdesk.ui.running import run

    try:
        code = run(desk_paths(), clock_from(None))
    except Refused as error:
        sys.stderr.write(f"stylistdesk: {error}\n")
        code = error.exit_code
    sys.exit(code)


if __name__ == "__main__":
    main()
