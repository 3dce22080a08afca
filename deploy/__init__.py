"""Ways to run the two processes: containers, Kubernetes, and real servers on one machine."""
