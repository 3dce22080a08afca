"""`python -m tests.simulation`: run seeds, in several processes; or one seed with its trace."""

from tests.simulation.command import main

if __name__ == "__main__":
    main()
