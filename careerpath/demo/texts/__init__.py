"""What people write in an appraisal: summaries, opinions, remarks, put together from a stock of paragraphs."""
