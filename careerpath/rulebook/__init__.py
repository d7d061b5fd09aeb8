"""The rules in force here: editions this installation has brought in, which win over the shipped ones."""
