"""Show why entities are one, and let a person decide where that is uncertain.

What is shown comes from a build alone: its judgements, and the evidence in its store.
"""
