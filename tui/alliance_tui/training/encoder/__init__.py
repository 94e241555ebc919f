"""Training of the encoder: examples, the model in PyTorch, its training and its export; needs the extra `train`."""
