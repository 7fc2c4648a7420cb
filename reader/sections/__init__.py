"""A text's blocks -> its headings (``headings``) -> sections that tile the text (``tiling``)."""
