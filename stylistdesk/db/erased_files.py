"""What lies on disk of a client who was erased: her attachments' bytes, copies that were opened, unsaved forms."""

import json
import re
import shutil
from contextlib import suppress

from stylistdesk.db import second_copy
from stylistdesk.db.attachments import place_of
from stylistdesk.db.erasing import Erased
from stylistdesk.paths import DeskPaths, write_private


def remove(paths: DeskPaths, erased: Erased, second: str, desk_id: str) -> str:
    """Delete them; what is not there is no error. Copies beside the backups and in the second copy go too.

    `second` is the folder of the second copy, as the settings have it. What is to be said, if it is not there.
    """
    for sha256 in erased.files:
        for folder in (paths.attachments, paths.backups / "attachments"):
            with suppress(OSError):
                place_of(folder, sha256).unlink()
    shutil.rmtree(paths.opened, ignore_errors=True)
    _forget_drafts(paths, erased)
    return second_copy.forget_files(paths, second, desk_id, erased.files)


def _forget_drafts(paths: DeskPaths, erased: Erased) -> None:
    """Forget the unsaved forms about her rows, and those that name her."""
    file = paths.data_dir / "unsaved.json"
    try:
        forms = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if not isinstance(forms, dict):
        return
    numbers = {str(number) for there in erased.rows.values() for number in there}
    stay = {
        form: typed
        for form, typed in forms.items()
        if not numbers & set(re.findall(r"\d+", form))
        and not erased.naming.is_in(f"{form} {json.dumps(typed, ensure_ascii=False)}")
    }
    if not stay:
        file.unlink(missing_ok=True)
    elif stay != forms:
        write_private(file, json.dumps(stay).encode())
