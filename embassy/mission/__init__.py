"""One mission beside another: what belongs to it, who may touch it, where it answers."""
