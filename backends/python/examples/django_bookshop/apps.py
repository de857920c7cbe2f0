from django.apps import AppConfig


class BookshopConfig(AppConfig):
    name = "examples.django_bookshop"
    label = "django_bookshop"
    default_auto_field = "django.db.models.BigAutoField"
