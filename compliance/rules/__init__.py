"""What is allowed and what follows: plain values in, plain values out, no I/O."""
