"""Reading what people do among each other: each noun has a module of its own."""
