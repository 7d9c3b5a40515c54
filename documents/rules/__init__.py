"""What a file must be to be kept, and when a document may be opened. The sentences are what people
read.
"""

from documents.rules.files import may_keep_file
from documents.rules.reading import may_read_document

__all__ = ["may_keep_file", "may_read_document"]
