"""The rules of the trade: pure, standard library only, `now` always an argument."""
