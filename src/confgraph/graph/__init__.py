"""Make the graph: records to triples, the store that keeps them, the networkx view of them."""
