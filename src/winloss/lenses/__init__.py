"""One way of looking each: frames in, one frozen Section out."""
