"""The line of sight as steps in words, as a picture, and as documents for somebody's hand."""
