from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "onward.domain.companies"
    label = "companies"
