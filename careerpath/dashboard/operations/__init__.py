"""What may be done with reminders: told by the machine, read, and wished for by each account."""
