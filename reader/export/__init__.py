"""What a report can be written as: each format is one module."""
