"""Real servers for tests, proofs and measurements: started here, never imitated."""
