"""Files that went through the chats: kept for download by the bot and by the page, the oldest dropped first."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.schema import Upload

KEPT_FILES = 200
KEPT_BYTES = 256 * 2**20
MAX_DOCUMENT_BYTES = 50 * 2**20
MAX_PHOTO_BYTES = 10 * 2**20
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
_PNG, _PNG_HEADER_BYTES = b"\x89PNG\r\n\x1a\n", 24
_GIF, _GIF_HEADER_BYTES = (b"GIF87a", b"GIF89a"), 10
_JPEG, _JPEG_MARKER, _JPEG_FRAME_BYTES = b"\xff\xd8", 0xFF, 9
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file and what Telegram calls it; a photo has a size in pixels."""

    file_id: str
    unique_id: str
    path: str
    file_name: str
    mime_type: str
    content: bytes
    pixels: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's File object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }

    def as_document(self) -> dict[str, Any]:
        """Return the Bot API's Document object."""
        return {
            "file_name": self.file_name,
            "mime_type": self.mime_type,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def as_photo(self) -> list[dict[str, Any]]:
        """Return the Bot API's sizes of a photo, of which the sandbox makes one."""
        width, height = self.pixels or (0, 0)
        size = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}
        return [{**size, "width": width, "height": height}]


class FileStore:
    """The latest files, by id and by path."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._count = 0
        self._bytes = 0

    def find(self, file_id: str) -> StoredFile | None:
        """Return a file that is still kept."""
        return self._by_id.get(file_id)

    def find_path(self, path: str) -> StoredFile | None:
        """Return the file with this download path, if it is still kept."""
        return next((stored for stored in self._by_id.values() if stored.path == path), None)

    def take(self, given: Upload | str, *, is_photo: bool) -> StoredFile:
        """Return the file that a method was given: an upload, or the id of one that went through before."""
        if isinstance(given, Upload):
            return self.keep_photo(given) if is_photo else self.keep_document(given)
        if given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")  # the sandbox does not reach into the internet
        stored = self._by_id.get(given)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if (stored.pixels is not None) != is_photo:
            raise bad_request(
                f"can't use file of type {'Document' if is_photo else 'Photo'} as {'Photo' if is_photo else 'Document'}"
            )
        return stored

    def keep_document(self, upload: Upload) -> StoredFile:
        """Keep an uploaded document, or raise ApiError."""
        _check_size(upload, MAX_DOCUMENT_BYTES)
        return self._keep(upload, "documents", None)

    def keep_photo(self, upload: Upload) -> StoredFile:
        """Keep an uploaded picture, or raise ApiError where it is none."""
        _check_size(upload, MAX_PHOTO_BYTES)
        mime_type, pixels = picture_format(upload.content)
        if not mime_type:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(pixels) > MAX_PHOTO_SIDES or max(pixels) > MAX_PHOTO_RATIO * min(pixels):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep(Upload(upload.file_name, mime_type, upload.content), "photos", pixels)

    def _keep(self, upload: Upload, folder: str, pixels: tuple[int, int] | None) -> StoredFile:
        self._count += 1
        unique = f"AQAD{hashlib.sha256(upload.content).hexdigest()[:12]}"
        suffix = upload.file_name.rpartition(".")[2] if "." in upload.file_name else "bin"
        path = f"{folder}/file_{self._count}.{suffix if suffix.isalnum() else 'bin'}"
        stored = StoredFile(
            f"BQAC{self._count}{unique}", unique, path, upload.file_name, upload.mime_type, upload.content, pixels
        )
        self._by_id[stored.file_id] = stored
        self._bytes += len(stored.content)
        while len(self._by_id) > KEPT_FILES or self._bytes > KEPT_BYTES:
            _, dropped = self._by_id.popitem(last=False)
            self._bytes -= len(dropped.content)
        return stored


def picture_format(content: bytes) -> tuple[str, tuple[int, int]]:
    """Return a picture's media type and its size in pixels, or ("", (0, 0)) for what is not PNG, GIF or JPEG."""
    if content.startswith(_PNG) and len(content) >= _PNG_HEADER_BYTES:
        return "image/png", (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
    if content.startswith(_GIF) and len(content) >= _GIF_HEADER_BYTES:
        return "image/gif", (int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little"))
    if content.startswith(_JPEG):
        return _jpeg(content)
    return "", (0, 0)


def _jpeg(content: bytes) -> tuple[str, tuple[int, int]]:
    at = 2
    while at + _JPEG_FRAME_BYTES <= len(content) and content[at] == _JPEG_MARKER:
        if content[at + 1] in _JPEG_FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return "image/jpeg", (int.from_bytes(width, "big"), int.from_bytes(height, "big"))
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return "", (0, 0)


def _check_size(upload: Upload, limit: int) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > limit:
        raise bad_request("file is too big")
