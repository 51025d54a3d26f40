"""The desk: the same program in the browser, over the same services.

It adds no rule of its own: what the command line refuses, the desk refuses with
the same sentence.  A page is plain HTML that works without a script; htmx makes
parts of it live.  Extra: `accord[desk]`.
"""

EXTRA = '"accord[desk]"'
"""What pip installs it by."""
