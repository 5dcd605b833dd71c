"""Keeps a file that is larger than any we take from filling the disk while it arrives."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .limits import TABLE

MOST = max(limit.most_bytes for limit in TABLE.values())


class Bounded(FileUploadHandler):
    """Drops a file once it is too large for any medium; the rest of the form arrives, and the request knows its name."""

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > MOST:
            self.request.dropped_files = [*getattr(self.request, "dropped_files", []), self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """Another handler keeps the file."""
