"""What keys do in the tasks of the back office, and on the pages behind them: the last part of the table of keys."""

from stylistdesk.ui.acts import Act

TRAINING: tuple[Act, ...] = ()

WEBSITE: tuple[Act, ...] = ()

CERTIFICATES: tuple[Act, ...] = ()

SHOP_LINKS: tuple[Act, ...] = ()

REWARDS: tuple[Act, ...] = ()

RETURNS: tuple[Act, ...] = ()

COMPANY_FILES: tuple[Act, ...] = ()

MOVES: tuple[Act, ...] = ()

SIGN_UPS: tuple[Act, ...] = ()

ACTS_OF_BACKOFFICE: tuple[Act, ...] = (
    *TRAINING,
    *WEBSITE,
    *CERTIFICATES,
    *SHOP_LINKS,
    *REWARDS,
    *RETURNS,
    *COMPANY_FILES,
    *MOVES,
    *SIGN_UPS,
)
