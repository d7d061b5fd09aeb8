"""The kinds of sheets: how each is read, compared with what stands, written, and handed out."""
