"""Word documents that people go on working in: real styles, real lists, headings that repeat, properties set."""

from sightline.rendering.word.writer import to_docx

__all__ = ["to_docx"]
