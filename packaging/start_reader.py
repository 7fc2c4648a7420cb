"""Where the frozen application's ``policy-reader`` begins."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["--read-folder-for-the-window"]:  # as reader.folder_rows asks
        from reader.folder_rows import main as read_folder

        sys.exit(read_folder(sys.argv[2:]))
    from reader.cli import main

    sys.exit(main())
