"""The first layer: the codebook's terms, found with their spans and read in their clause."""
