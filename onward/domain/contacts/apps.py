from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "onward.domain.contacts"
    label = "contacts"
