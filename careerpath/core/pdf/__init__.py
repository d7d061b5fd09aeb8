"""PDF machinery: fetch nothing from outside, find fonts, lay a form out once, fill it many times."""
