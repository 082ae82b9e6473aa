"""What pages link to: how it is looked up, checked, left and followed when it moved."""
