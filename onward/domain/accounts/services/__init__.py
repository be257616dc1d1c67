"""Everything that changes an account, by noun: import the module that you need."""
