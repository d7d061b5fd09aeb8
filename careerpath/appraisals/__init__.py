"""Annual appraisals: from the opening of the year to the printed, sealed form."""
