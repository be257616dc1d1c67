"""How well résumés are read: invented people, in layouts that people use."""
