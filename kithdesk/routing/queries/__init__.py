"""Every SELECT of routing. Each starts from the organisation of whoever asks."""
