from django.db import models


class Stale(models.Model):
    """A row whose document in an index is not what it should be any more: noted by the database's own triggers."""

    id = models.BigAutoField(primary_key=True)
    index = models.CharField(max_length=30)
    row_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["index", "id"], name="search_stale_of_index")]

    def __str__(self) -> str:
        return f"{self.index} {self.row_id}"


class Word(models.Model):
    """A word that an index has, to tell what somebody meant who misspelled it."""

    id = models.BigAutoField(primary_key=True)
    index = models.CharField(max_length=30)
    word = models.CharField(max_length=40)
    # In how many documents it was read; what is removed is not counted down.
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "word"], name="search_word_is_one_of_an_index")]

    def __str__(self) -> str:
        return self.word
