"""Read reference data that users bring: catalogues of papers, and the Research Organization Registry."""
