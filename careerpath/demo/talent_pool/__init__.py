"""The demo's reserve pool: selections, reserves and their tasks, promotions, honours, channels into institutions."""
