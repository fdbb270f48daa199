"""Write the graph as files: Turtle and the other formats of RDF, interactive HTML."""
