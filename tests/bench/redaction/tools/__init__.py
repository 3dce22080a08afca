"""The tools that are measured side by side, one file each; the peers are imported only when they are asked for."""
