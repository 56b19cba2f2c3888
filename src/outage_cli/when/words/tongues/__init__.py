"""The words in which one language or a family of them writes days and hours. One module each."""
