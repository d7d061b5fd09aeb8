"""What every page shares: headers, language, errors, assets, paging, the base of forms."""
