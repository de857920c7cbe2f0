from examples.bookshop.serve import serve

from .app import create

bookshop = create()
serve("fastapi_bookshop", bookshop.app, bookshop.shop.reset)
