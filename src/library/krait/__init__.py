"""What Krait adds to the library: krait.profile and krait.bench. Runs under CPython 3.11 and later too."""
