"""Where things are written: call sites, spans, and the source text behind them."""
