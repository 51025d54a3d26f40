"""WeasyPrint's own call in a process of its own, in which nothing of ours is: pages in, seconds out.

Each line is a list of pages in JSON, each with the text of the file to attach to it and the name and day
of that; the answer to it is how long one of them took.
"""

import datetime
import gc
import json
import sys
import time

import weasyprint

from accord.pdf import pdfa

for line in sys.stdin:
    pages = json.loads(line)
    gc.collect()
    start = time.perf_counter()
    for html, attached, name, day in pages:
        written = datetime.date.fromisoformat(day)
        attachment = weasyprint.Attachment(
            string=attached, name=name, relationship="Source", created=written, modified=written
        )
        weasyprint.HTML(string=html).write_pdf(
            pdf_variant="pdf/a-3a", pdf_forms=True, attachments=[attachment], finisher=pdfa.finish
        )
    print((time.perf_counter() - start) / len(pages), flush=True)
