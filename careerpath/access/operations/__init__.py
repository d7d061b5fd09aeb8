"""What may be done with units, accounts, roles and sign-ins."""
