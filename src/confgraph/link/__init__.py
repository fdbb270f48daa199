"""Link what others print to things: the people of author lists, the organisations of affiliations."""
