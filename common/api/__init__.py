"""The conventions that every address of the REST interface keeps."""
