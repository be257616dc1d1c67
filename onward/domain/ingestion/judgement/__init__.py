"""What is judged of postings, by rules that know no database: the same one, an internship, gone, how good, whose."""
