"""What is typed at the door, about units, accounts, roles and the trail."""
