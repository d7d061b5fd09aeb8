"""The rules of personnel work as pure functions: values and an edition in, a value and its reasons out."""
