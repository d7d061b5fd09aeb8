"""What may be done with appraisals, in the order of the year: open, write, fill, submit, decide, confirm."""
