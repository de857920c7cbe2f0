"""The bookshop of backends/BOOKSHOP.md: what both Python examples share."""
