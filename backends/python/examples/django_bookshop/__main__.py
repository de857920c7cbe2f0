from examples.bookshop.serve import serve

from .app import create, reset

serve("django_bookshop", create(), reset)
