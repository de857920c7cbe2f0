"""The bookshop with FastAPI, in memory."""
