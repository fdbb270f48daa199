"""Run the command line as `python -m confgraph`."""

from confgraph.cli import main

if __name__ == "__main__":
    main()
