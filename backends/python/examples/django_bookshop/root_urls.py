from django.urls import include, path

from examples.bookshop.functions import bookshop
from mizan.django import urls

from .orm_shop import OrmShop

registry = bookshop(OrmShop(), producer="mizan-django")
urlpatterns = [path("", include(urls(registry, document="/openapi.json")))]
handler400 = "mizan.django.handlers.bad_request"
handler403 = "mizan.django.handlers.permission_denied"
handler404 = "mizan.django.handlers.page_not_found"
handler500 = "mizan.django.handlers.server_error"
