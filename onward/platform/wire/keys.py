"""The parameters by which nearly every statement names a row and whose it is."""

from django.db import models

from onward.platform.wire.statement import Param

OWNER = Param("owner_id", models.BigIntegerField())
KEY = Param("pk", models.BigIntegerField())
UID = Param("uid", models.UUIDField())
