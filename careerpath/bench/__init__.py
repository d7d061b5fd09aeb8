"""Figures: how fast the program does its work here, each beside a yardstick in the same run."""
