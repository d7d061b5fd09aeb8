"""Units, users, roles, scope and trail: who may do what, where, and what was done."""
