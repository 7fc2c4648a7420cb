"""What can go wrong with an input, each with a sentence and a hint for the person who gave it.

The kinds are those of the command-line contract; ``ReaderError.kind`` is the ``error`` key of a
refusal. A message says what happened, a hint says what to do next.
"""

from __future__ import annotations


class ReaderError(Exception):
    """A refusal: its kind, what happened, and what the user can do.

    ``part`` is the name of the file it is about, where several were to be read as one policy; else
    ''.
    """

    kind = "internal"
    message = "Something went wrong inside the program."
    hint = "Try the file again. If it happens again, please report it."

    def __init__(self, message: str | None = None, hint: str | None = None) -> None:
        self.message = message or type(self).message
        self.hint = hint or type(self).hint
        self.part = ""
        super().__init__(self.message)


class EmptyInputError(ReaderError):
    """The input has no bytes, or nothing but white space."""

    kind = "empty"
    message = "This file is empty."
    hint = "Check that the file was saved completely, then open it again."


class NoTextError(ReaderError):
    """The input holds no text that can be read: a scan, or only pictures."""

    kind = "no_text"
    message = "No readable text was found in this file."
    hint = "If it is a scan, open the policy's web page instead and save or copy its text."


class EncryptedInputError(ReaderError):
    """The input asks for a password."""

    kind = "encrypted"
    message = "This file is protected by a password."
    hint = "Open it in its own program, save a copy without the password, and open the copy."


class CorruptInputError(ReaderError):
    """The input is damaged beyond reading."""

    kind = "corrupt"
    message = "This file is damaged and cannot be read."
    hint = "Download or save it again, then open the new copy."


class UnsupportedInputError(ReaderError):
    """The input is of a kind that is not read."""

    kind = "unsupported"
    message = "This kind of file cannot be read."
    hint = "Copy the policy's text and paste it, or save its web page or a PDF and open that."


class TooLargeError(ReaderError):
    """The input is larger than the limits, or unpacks beyond them."""

    kind = "too_large"
    message = "This file is larger than 64 MB."
    hint = "A privacy policy is rarely larger than 1 MB. Check that this is the right file."


class BombError(ReaderError):
    """The input is built to unpack to far more than its size."""

    kind = "bomb"
    message = "This file unpacks to far more than its own size, as harmful files do."
    hint = "Do not open it elsewhere either. Get the policy from its own web page."


class UnsafeInputError(ReaderError):
    """The input asks for something that no policy needs."""

    kind = "unsafe"
    message = "This file asks for things that no policy needs, so it was not read."
    hint = "Get the policy from its own web page, or paste its text."


class TooComplexError(ReaderError):
    """The input is nested or cut up beyond the limits."""

    kind = "too_complex"
    message = "This file is nested too deeply, or split into too many pieces, to be read."
    hint = "Copy the policy's text and paste it instead."


class ResourceError(ReaderError):
    """Reading the input needed more memory than the limits allow."""

    kind = "resource"
    message = "Reading this file needed more memory than is allowed."
    hint = "Copy the part you want to read and paste it."


class InputTimeoutError(ReaderError):
    """Reading the input took longer than the limits allow."""

    kind = "timeout"
    message = "Reading this file took too long and was stopped."
    hint = "Copy the part you want to read and paste it."


class PermissionDeniedError(ReaderError):
    """The input may not be read by this user."""

    kind = "permission"
    message = "You do not have permission to read this file."
    hint = "Ask its owner for permission, or copy it to a folder of your own."


class NotFoundError(ReaderError):
    """There is no such file."""

    kind = "not_found"
    message = "There is no file with this name."
    hint = "Check the name and the folder. The file may have been moved or deleted."


class NotAFileError(ReaderError):
    """The input is a folder, pipe or device."""

    kind = "not_a_file"
    message = "This is not a file that can be opened."
    hint = "Choose a single file. To read a whole folder, use the batch command."


class ChangedError(ReaderError):
    """The file changed while it was read."""

    kind = "changed"
    message = "The file changed while it was being read."
    hint = "Wait until it is saved completely, then open it again."


class DiskFullError(ReaderError):
    """The output could not be written."""

    kind = "disk_full"
    message = "The result could not be saved: the disk is full."
    hint = "Free some space or choose another folder, then save again."


class InternalError(ReaderError):
    """A bug of ours."""


_BY_KIND: dict[str, type[ReaderError]] = {
    cls.kind: cls
    for cls in (
        EmptyInputError,
        NoTextError,
        EncryptedInputError,
        CorruptInputError,
        UnsupportedInputError,
        TooLargeError,
        BombError,
        UnsafeInputError,
        TooComplexError,
        ResourceError,
        InputTimeoutError,
        PermissionDeniedError,
        NotFoundError,
        NotAFileError,
        ChangedError,
        DiskFullError,
        InternalError,
    )
}


def error_of_kind(kind: str, message: str | None = None, hint: str | None = None) -> ReaderError:
    """Return the error whose kind is ``kind``; an unknown kind gives ``InternalError``."""
    return _BY_KIND.get(kind, InternalError)(message, hint)


def error_of(exc: Exception) -> ReaderError:
    """Return as what a failed reading is told; what none of us foresaw is ``InternalError``."""
    if isinstance(exc, ReaderError):
        return exc
    if isinstance(exc, RecursionError):
        return TooComplexError()
    return ResourceError() if isinstance(exc, MemoryError) else InternalError()
