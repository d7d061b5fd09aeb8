"""The demo's recruitment: four batches from the plan to the first working day, and one that is open now."""
