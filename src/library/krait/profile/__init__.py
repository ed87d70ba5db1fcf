"""Reports of recordings that `krait profile` makes: reading them, text, pages, exports, comparison.

reader -> model (tables) -> choice (which samples) -> tree (calls) -> summary (functions, lines) -> a format.
The file's format: vm/profile/format.h and records.def. Runs under CPython 3.11 and later too."""
