"""What is typed on the pages of appraisals, turned into what the operations are given."""
