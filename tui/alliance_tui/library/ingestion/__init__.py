"""Files read, analysed and stored; which of them changed, and which texts are alike."""
