"""The roster (花名册): one row a person, from columns to what the operations take, and back."""
