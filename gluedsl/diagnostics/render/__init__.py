"""Findings as text: for people (`full`), for editors and logs (`concise`), for programs (`json`)."""
