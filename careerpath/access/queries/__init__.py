"""What is shown of units, accounts, roles, sign-ins and the trail."""
