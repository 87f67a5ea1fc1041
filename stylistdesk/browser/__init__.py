"""The desk in a browser on the same machine, through textual-serve."""
