"""Made-up desks: the small one of `data/`, and large ones to measure with."""
