from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "sightline.messages"
    label = "outbox"
    verbose_name = "messages"
