"""The screens. Only this room knows Textual."""
