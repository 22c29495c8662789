"""Pages and types written from the Python declarations, so that neither can lie about the other."""
