"""Where the frozen application's ``policy-reader`` begins."""

import sys

from reader.cli import main

if __name__ == "__main__":
    sys.exit(main())
