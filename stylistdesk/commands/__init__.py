"""What a rep can do: one file an area, a frozen dataclass each; one command is one transaction and one undo step."""
