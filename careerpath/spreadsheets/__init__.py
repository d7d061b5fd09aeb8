"""Excel in and out: what a file would change, writing it as a whole, taking it back, and handing tables out."""
