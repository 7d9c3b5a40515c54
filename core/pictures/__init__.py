"""Pictures drawn on the server: pure functions from small dataclasses to SVG text, the same on the screen and in print.

Rules of all of them: attributes only (no style), a title and a description for those who hear the page,
no text below 12 units at natural size, no two labels on top of each other, and the same facts
as a table beside the picture.
"""
