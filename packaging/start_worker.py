"""Where the frozen application's ``policy-reader-worker`` begins: the process that opens files."""

import sys

from reader.worker import main

if __name__ == "__main__":
    sys.exit(main())
