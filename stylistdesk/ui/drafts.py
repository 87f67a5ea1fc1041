"""What was typed into a form and not saved, kept in a file until it is: it comes back after a crash or a kill."""

import json
import os
from contextlib import suppress
from pathlib import Path


class Drafts:
    """One small file of forms by name; only the rep can read it."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "unsaved.json"

    def read(self, form: str) -> dict[str, str]:
        """What was typed into this form, by field."""
        kept = self._all().get(form)
        return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}

    def keep(self, form: str, values: dict[str, str]) -> None:
        """Keep what is typed so far."""
        self._write(self._all() | {form: values})

    def forget(self, form: str) -> None:
        """It was saved, or left on purpose."""
        forms = self._all()
        if forms.pop(form, None) is not None:
            self._write(forms)

    def _all(self) -> dict[str, object]:
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self, forms: dict[str, object]) -> None:
        # A disk that takes no draft must not stop the rep from typing.
        with suppress(OSError):
            if not forms:
                self.path.unlink(missing_ok=True)
                return
            fresh = self.path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(forms, file, ensure_ascii=True)
            fresh.replace(self.path)
