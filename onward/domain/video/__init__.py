"""Videos: what each has beside its words, which are an entry of `writing`."""
